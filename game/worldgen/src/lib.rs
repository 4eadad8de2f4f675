//! worldgen
