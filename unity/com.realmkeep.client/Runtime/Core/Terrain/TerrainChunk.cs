using System;

namespace Realmkeep
{
    /// <summary>Something that stands on the ground: a tree, a rock, a house.</summary>
    public struct TerrainFeature
    {
        /// <summary>Place in the recipe's list of features.</summary>
        public byte Kind;
        /// <summary>Eastward from the cell's corner, in 1/256 m.</summary>
        public ushort X;
        /// <summary>Southward from the cell's corner, in 1/256 m.</summary>
        public ushort Z;
        /// <summary>Turn about the vertical, in 1/256 of a circle.</summary>
        public byte Yaw;
        /// <summary>Size, in 1/64 of the model's own.</summary>
        public byte Scale;
    }

    /// <summary>One cell's terrain, 64 by 64 metres, read from the server's .bin payload: the very bits that it walks on.</summary>
    public sealed class TerrainChunk
    {
        /// <summary>Squares along a side, each a metre wide.</summary>
        public const int Squares = 64;
        /// <summary>Height points along a side: the last row and column are the neighbours' first.</summary>
        public const int Points = Squares + 1;
        /// <summary>The step of stored heights, in 1/256 m.</summary>
        public const int HeightStepUnits = 4;
        /// <summary>The greatest stored height, in metres above the lowest.</summary>
        public const float RangeMetres = 65535f * HeightStepUnits / Wire.MetreUnits;

        internal const int BodyMax = ushort.MaxValue;
        private const int Header = 24;
        private const byte Version = 2;

        private readonly ushort[] heights;
        private readonly ushort[] water;
        private readonly byte[] biomes;
        private readonly byte[] materials;
        private readonly ulong[] walkable;

        /// <summary>The cell, eastward.</summary>
        public readonly int X;
        /// <summary>The cell, southward.</summary>
        public readonly int Z;
        /// <summary>The height that a stored 0 stands for, in 1/256 m.</summary>
        public readonly int LowestUnits;
        /// <summary>The height of the sea, in 1/256 m.</summary>
        public readonly int SeaUnits;
        /// <summary>How dangerous the cell is, 0 to 100.</summary>
        public readonly byte Danger;
        /// <summary>What stands on the ground.</summary>
        public readonly TerrainFeature[] Features;

        private TerrainChunk(byte[] payload)
        {
            Cursor header = new Cursor(payload);
            if (payload.Length < Header || header.UInt32() != 0x48434b52) throw new ProtocolException("this is not a terrain chunk");
            byte version = header.Byte();
            if (version != Version) throw new ProtocolException("terrain chunk of version " + version + ", readable is " + Version);
            X = (int)header.UInt32();
            Z = (int)header.UInt32();
            LowestUnits = (int)header.UInt32();
            SeaUnits = (int)header.UInt32();
            Danger = header.Byte();
            Cursor body = new Cursor(Lz4Block.Unpack(payload, Header, header.UInt16()));
            heights = body.Surface();
            byte hasWater = body.Byte();
            if (hasWater > 1) throw Cursor.Damaged();
            water = hasWater == 1 ? body.Surface() : null;
            biomes = body.Kinds();
            materials = body.Kinds();
            walkable = new ulong[Squares];
            for (int row = 0; row < Squares; row++) walkable[row] = body.UInt32() | (ulong)body.UInt32() << 32;
            Features = new TerrainFeature[body.UInt16()];
            for (int i = 0; i < Features.Length; i++) Features[i].Kind = body.Byte();
            for (int i = 0; i < Features.Length; i++) Features[i].X = body.UInt16();
            for (int i = 0; i < Features.Length; i++) Features[i].Z = body.UInt16();
            for (int i = 0; i < Features.Length; i++) Features[i].Yaw = body.Byte();
            for (int i = 0; i < Features.Length; i++) Features[i].Scale = body.Byte();
            if (!body.IsAtEnd) throw Cursor.Damaged();
        }

        /// <summary>Reads a payload. Throws ProtocolException for bytes that are none.</summary>
        public static TerrainChunk Decode(byte[] payload)
        {
            return new TerrainChunk(payload);
        }

        /// <summary>The stored height of a point, in steps above the lowest. Points count eastward and southward from 0 to 64.</summary>
        public ushort StoredHeight(int x, int z)
        {
            return heights[z * Points + x];
        }

        /// <summary>The height of a point, in metres.</summary>
        public float HeightMetres(int x, int z)
        {
            return (LowestUnits + StoredHeight(x, z) * HeightStepUnits) / (float)Wire.MetreUnits;
        }

        /// <summary>How deep the water over a point is, in metres; 0 on dry land.</summary>
        public float WaterMetres(int x, int z)
        {
            int stored = water == null ? 0 : water[z * Points + x];
            int surface = stored == 0 ? SeaUnits : Math.Max(SeaUnits, LowestUnits + stored * HeightStepUnits);
            int ground = LowestUnits + StoredHeight(x, z) * HeightStepUnits;
            return Math.Max(0, surface - ground) / (float)Wire.MetreUnits;
        }

        /// <summary>
        /// The ground at an offset from the cell's corner, all in 1/256 m, between the four points around as the server
        /// has it: both agree on the last bit.
        /// </summary>
        public long GroundUnits(long x, long z)
        {
            x = Math.Max(0, Math.Min(Wire.CellUnits, x));
            z = Math.Max(0, Math.Min(Wire.CellUnits, z));
            int ix = (int)Math.Min(x / Wire.MetreUnits, Squares - 1), iz = (int)Math.Min(z / Wire.MetreUnits, Squares - 1);
            long fx = x - ix * Wire.MetreUnits, fz = z - iz * Wire.MetreUnits;
            long north = Between(ix, iz, fx), south = Between(ix, iz + 1, fx);
            long sum = north * (Wire.MetreUnits - fz) + south * fz;
            // Shifting rounds down below 0 too.
            return sum >> 16;
        }

        private long Between(int x, int z, long fx)
        {
            long west = LowestUnits + StoredHeight(x, z) * HeightStepUnits;
            long east = LowestUnits + StoredHeight(x + 1, z) * HeightStepUnits;
            return west * (Wire.MetreUnits - fx) + east * fx;
        }

        /// <summary>The biome of a square, as its place in the recipe's list. Squares count from 0 to 63.</summary>
        public byte Biome(int x, int z)
        {
            return biomes[z * Squares + x];
        }

        /// <summary>What a square is made of, as its place in the recipe's list of materials.</summary>
        public byte Material(int x, int z)
        {
            return materials[z * Squares + x];
        }

        /// <summary>Whether one can stand on a square.</summary>
        public bool IsWalkable(int x, int z)
        {
            return (walkable[z] >> x & 1) == 1;
        }

        /// <summary>Takes numbers from the front of some bytes, and never more than there are.</summary>
        private sealed class Cursor
        {
            private readonly byte[] bytes;
            private int at;

            internal Cursor(byte[] bytes)
            {
                this.bytes = bytes;
            }

            internal bool IsAtEnd { get { return at == bytes.Length; } }

            internal static ProtocolException Damaged()
            {
                return new ProtocolException("damaged terrain chunk");
            }

            internal byte Byte()
            {
                if (at == bytes.Length) throw Damaged();
                return bytes[at++];
            }

            internal ushort UInt16()
            {
                byte low = Byte();
                return (ushort)(low | Byte() << 8);
            }

            internal uint UInt32()
            {
                ushort low = UInt16();
                return low | (uint)UInt16() << 16;
            }

            /// <summary>Heights, each stored as what it is beyond what its neighbours lead one to expect.</summary>
            internal ushort[] Surface()
            {
                const int count = Points * Points;
                if (bytes.Length - at < 2 * count) throw Damaged();
                ushort[] surface = new ushort[count];
                for (int i = 0; i < count; i++)
                {
                    int west = i % Points == 0 ? 0 : surface[i - 1], north = i < Points ? 0 : surface[i - Points];
                    int expected = west + north;
                    if (i % Points != 0 && i >= Points) expected -= surface[i - Points - 1];
                    int code = bytes[at + i] | bytes[at + count + i] << 8;
                    surface[i] = (ushort)(expected + (code >> 1 ^ -(code & 1)));
                }
                at += 2 * count;
                return surface;
            }

            /// <summary>A kind for each square.</summary>
            internal byte[] Kinds()
            {
                const int count = Squares * Squares;
                int present = Byte();
                byte[] palette = new byte[present == 0 ? 256 : present];
                for (int i = 0; i < palette.Length; i++) palette[i] = Byte();
                byte[] kinds = new byte[count];
                if (palette.Length > 16)
                {
                    for (int i = 0; i < count; i++) kinds[i] = Of(palette, Byte());
                    return kinds;
                }
                for (int i = 0; i < count; i += 2)
                {
                    int pair = palette.Length == 1 ? 0 : Byte();
                    kinds[i] = Of(palette, pair & 15);
                    kinds[i + 1] = Of(palette, pair >> 4);
                }
                return kinds;
            }

            private static byte Of(byte[] palette, int place)
            {
                if (place >= palette.Length) throw Damaged();
                return palette[place];
            }
        }
    }
}
