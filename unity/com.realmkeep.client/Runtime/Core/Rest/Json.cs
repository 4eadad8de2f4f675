using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Realmkeep
{
    /// <summary>
    /// A small JSON reader: objects become Dictionary&lt;string, object&gt;, arrays List&lt;object&gt;, numbers long or
    /// double, the rest string, bool and null. Throws FormatException.
    /// </summary>
    public sealed class Json
    {
        private const int DepthMax = 64;

        private readonly string text;
        private int position;

        private Json(string text)
        {
            this.text = text;
        }

        /// <summary>Reads a whole document.</summary>
        public static object Parse(string text)
        {
            Json json = new Json(text);
            object value = json.Value(0);
            json.Blanks();
            if (json.position != text.Length) throw json.Error("Something follows the end");
            return value;
        }

        /// <summary>Reads a whole document that must be an object.</summary>
        public static Dictionary<string, object> ParseObject(string text)
        {
            Dictionary<string, object> value = Parse(text) as Dictionary<string, object>;
            if (value == null) throw new FormatException("A JSON object was expected.");
            return value;
        }

        /// <summary>A text as a JSON string with its quotes.</summary>
        public static string Quote(string text)
        {
            StringBuilder quoted = new StringBuilder("\"");
            foreach (char letter in text)
            {
                if (letter == '"' || letter == '\\') quoted.Append('\\').Append(letter);
                else if (letter < ' ') quoted.Append("\\u").Append(((int)letter).ToString("x4"));
                else quoted.Append(letter);
            }
            return quoted.Append('"').ToString();
        }

        private object Value(int depth)
        {
            if (depth > DepthMax) throw Error("Too deep");
            Blanks();
            char next = Peek();
            if (next == '{') return Object(depth);
            if (next == '[') return Array(depth);
            if (next == '"') return Text();
            if (next == '-' || (next >= '0' && next <= '9')) return Number();
            if (Take("true")) return true;
            if (Take("false")) return false;
            if (Take("null")) return null;
            throw Error("A value is missing");
        }

        private Dictionary<string, object> Object(int depth)
        {
            Dictionary<string, object> fields = new Dictionary<string, object>();
            Expect('{');
            Blanks();
            if (Take("}")) return fields;
            while (true)
            {
                Blanks();
                string name = Text();
                Blanks();
                Expect(':');
                fields[name] = Value(depth + 1);
                Blanks();
                if (Take("}")) return fields;
                Expect(',');
            }
        }

        private List<object> Array(int depth)
        {
            List<object> items = new List<object>();
            Expect('[');
            Blanks();
            if (Take("]")) return items;
            while (true)
            {
                items.Add(Value(depth + 1));
                Blanks();
                if (Take("]")) return items;
                Expect(',');
            }
        }

        private object Number()
        {
            int start = position;
            while (position < text.Length && "+-.0123456789eE".IndexOf(text[position]) >= 0) position++;
            string digits = text.Substring(start, position - start);
            long whole;
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return whole;
            double real;
            if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out real)) return real;
            throw Error("A number is malformed");
        }

        private string Text()
        {
            Expect('"');
            StringBuilder value = new StringBuilder();
            while (true)
            {
                char next = Next();
                if (next == '"') return value.ToString();
                if (next != '\\')
                {
                    value.Append(next);
                    continue;
                }
                char escape = Next();
                int index = "\"\\/bfnrt".IndexOf(escape);
                if (index >= 0) value.Append("\"\\/\b\f\n\r\t"[index]);
                else if (escape == 'u') value.Append(Hexadecimal());
                else throw Error("An escape is not known");
            }
        }

        private char Hexadecimal()
        {
            int code;
            if (position + 4 > text.Length) throw Error("The text ends early");
            string digits = text.Substring(position, 4);
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
            {
                throw Error("An escape is malformed");
            }
            position += 4;
            return (char)code;
        }

        private void Blanks()
        {
            while (position < text.Length && " \t\r\n".IndexOf(text[position]) >= 0) position++;
        }

        private char Peek()
        {
            if (position >= text.Length) throw Error("The text ends early");
            return text[position];
        }

        private char Next()
        {
            char next = Peek();
            position++;
            return next;
        }

        private void Expect(char expected)
        {
            if (Next() != expected) throw Error("'" + expected + "' is missing");
        }

        private bool Take(string word)
        {
            if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0) return false;
            position += word.Length;
            return true;
        }

        private FormatException Error(string what)
        {
            return new FormatException(what + " at character " + position + " of the JSON text.");
        }
    }
}
