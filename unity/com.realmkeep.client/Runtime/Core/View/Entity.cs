using System;

namespace Realmkeep
{
    /// <summary>A cell's coordinate in the world, in cells of 64 m.</summary>
    public struct Cell : IEquatable<Cell>
    {
        /// <summary>Eastward.</summary>
        public readonly int X;
        /// <summary>Southward.</summary>
        public readonly int Z;

        /// <summary>The cell x east and z south of the origin.</summary>
        public Cell(int x, int z)
        {
            X = x;
            Z = z;
        }

        /// <summary>Whether both name the same cell.</summary>
        public bool Equals(Cell other)
        {
            return X == other.X && Z == other.Z;
        }

        /// <summary>Whether both name the same cell.</summary>
        public override bool Equals(object other)
        {
            return other is Cell && Equals((Cell)other);
        }

        /// <summary>A hash of both coordinates.</summary>
        public override int GetHashCode()
        {
            return unchecked(X * 397 ^ Z);
        }

        /// <summary>The coordinates, for logs.</summary>
        public override string ToString()
        {
            return X + "," + Z;
        }
    }

    /// <summary>One entity as the server told it. A value: copies do not change when frames come.</summary>
    public struct Entity
    {
        /// <summary>Its number in frames.</summary>
        public uint NetId;
        /// <summary>Its id everywhere else.</summary>
        public Guid Uuid;
        /// <summary>What it is.</summary>
        public EntityKind Kind;
        /// <summary>Which of its kind: a player's race or a creature's kind.</summary>
        public byte Variant;
        /// <summary>Whom it fights for: entities of one faction are allies. 0 fights for nobody.</summary>
        public ushort Faction;
        /// <summary>Its name.</summary>
        public string Name;
        /// <summary>The cell that it stands in.</summary>
        public Cell Cell;
        /// <summary>Offset eastward from the cell's corner in 1/256 m.</summary>
        public int OffsetX;
        /// <summary>Offset southward from the cell's corner in 1/256 m.</summary>
        public int OffsetZ;
        /// <summary>Height in 1/256 m.</summary>
        public int Y;
        /// <summary>Direction faced: 256 steps clockwise from north.</summary>
        public byte Yaw;
        /// <summary>Bits of Wire.Flag….</summary>
        public byte Flags;
        /// <summary>The part of its hit points that is left, from 0 to Wire.HealthFull.</summary>
        public byte Health;
        /// <summary>Its conditions: see Has.</summary>
        public uint Conditions;

        /// <summary>Eastward in the world, in 1/256 m.</summary>
        public long X { get { return (long)Cell.X * Wire.CellUnits + OffsetX; } }

        /// <summary>Southward in the world, in 1/256 m.</summary>
        public long Z { get { return (long)Cell.Z * Wire.CellUnits + OffsetZ; } }

        /// <summary>Whether it is walking.</summary>
        public bool IsWalking { get { return (Flags & Wire.FlagWalking) != 0; } }

        /// <summary>Whether its player's socket dropped.</summary>
        public bool IsLinkdead { get { return (Flags & Wire.FlagLinkdead) != 0; } }

        /// <summary>Whether it is in a fight.</summary>
        public bool IsFighting { get { return (Flags & Wire.FlagFighting) != 0; } }

        /// <summary>Whether it casts a spell.</summary>
        public bool IsCasting { get { return (Flags & Wire.FlagCasting) != 0; } }

        /// <summary>Whether it lies at 0 hit points, dying or out of danger.</summary>
        public bool IsDown { get { return (Flags & Wire.FlagDown) != 0; } }

        /// <summary>Whether it is dead.</summary>
        public bool IsDead { get { return (Flags & Wire.FlagDead) != 0; } }

        /// <summary>Whether it has a condition.</summary>
        public bool Has(Condition condition)
        {
            return (Conditions & (1u << (int)condition)) != 0;
        }
    }
}
