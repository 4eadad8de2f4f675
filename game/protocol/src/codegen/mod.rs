//! Writes what other languages need from the declarations: C# types and golden vectors.
