using System.Collections.Generic;

namespace Realmkeep
{
    /// <summary>A copy of one cell, kept up by its segments.</summary>
    internal sealed class CellMirror
    {
        private readonly Cell cell;
        private readonly List<Entity> records = new List<Entity>();
        private Dictionary<uint, Entity> entities = new Dictionary<uint, Entity>();
        private Dictionary<uint, Entity> spare = new Dictionary<uint, Entity>();
        private bool isCurrent;
        private uint sequence;

        internal CellMirror(Cell cell)
        {
            this.cell = cell;
        }

        internal bool TryGet(uint netId, out Entity entity)
        {
            return entities.TryGetValue(netId, out entity);
        }

        /// <summary>Empties the copy; what was in it is added to removed.</summary>
        internal void Clear(List<uint> removed)
        {
            removed.AddRange(entities.Keys);
            entities.Clear();
            isCurrent = false;
        }

        /// <summary>
        /// Applies a keyframe. Adds the net ids that are there to present, and those that no longer are to removed.
        /// </summary>
        internal void ApplyKeyframe(uint newSequence, FrameCursor body, List<uint> present, List<uint> removed)
        {
            isCurrent = false;
            if (body.Count(Wire.CellEntitiesMax) != 0) throw new ProtocolException("A keyframe removes nothing.");
            // Nothing is known before a keyframe, so that a record which is no spawn fails.
            spare.Clear();
            ReadRecords(ref body, spare);
            foreach (Entity entity in records)
            {
                spare[entity.NetId] = entity;
                present.Add(entity.NetId);
            }
            foreach (uint netId in entities.Keys)
            {
                if (!spare.ContainsKey(netId)) removed.Add(netId);
            }
            Dictionary<uint, Entity> before = entities;
            entities = spare;
            spare = before;
            sequence = newSequence;
            isCurrent = true;
        }

        /// <summary>
        /// Applies a delta. False tells that one is missing: deltas are ignored from then on until a keyframe comes.
        /// </summary>
        internal bool ApplyDelta(uint newSequence, FrameCursor body, List<uint> present, List<uint> removed)
        {
            bool isNext = isCurrent && newSequence == unchecked(sequence + 1);
            isCurrent = false;
            if (!isNext) return false;
            int firstRemoved = removed.Count;
            ReadRemoved(ref body, removed);
            ReadRecords(ref body, entities);
            int removedIndex = firstRemoved;
            foreach (Entity entity in records)
            {
                // Both lists rise, so that one pass finds what stands in both.
                while (removedIndex < removed.Count && removed[removedIndex] < entity.NetId) removedIndex++;
                if (removedIndex < removed.Count && removed[removedIndex] == entity.NetId) throw Contradiction();
            }
            for (int i = firstRemoved; i < removed.Count; i++) entities.Remove(removed[i]);
            foreach (Entity entity in records)
            {
                entities[entity.NetId] = entity;
                present.Add(entity.NetId);
            }
            sequence = newSequence;
            isCurrent = true;
            return true;
        }

        private void ReadRemoved(ref FrameCursor body, List<uint> removed)
        {
            int count = body.Count(Wire.CellEntitiesMax);
            uint netId = 0;
            for (int i = 0; i < count; i++)
            {
                netId = NextNetId(ref body, netId);
                if (!entities.ContainsKey(netId)) throw Contradiction();
                removed.Add(netId);
            }
        }

        private void ReadRecords(ref FrameCursor body, Dictionary<uint, Entity> known)
        {
            records.Clear();
            int count = body.Count(Wire.CellEntitiesMax);
            uint netId = 0;
            for (int i = 0; i < count; i++)
            {
                netId = NextNetId(ref body, netId);
                records.Add(ReadRecord(ref body, netId, known));
            }
            body.Finish();
        }

        private Entity ReadRecord(ref FrameCursor body, uint netId, Dictionary<uint, Entity> known)
        {
            byte mask = body.Byte();
            Entity entity;
            if (mask == Wire.MaskEverything) entity = ReadSpawn(ref body, netId);
            else if (mask == 0 || (mask & ~(Wire.MaskEverything & ~Wire.MaskSpawn)) != 0) throw FrameCursor.OutOfRange();
            else if (!known.TryGetValue(netId, out entity)) throw Contradiction();
            if ((mask & Wire.MaskGround) != 0)
            {
                entity.OffsetX = (int)Moved(entity.OffsetX, body.Signed(), 0, Wire.CellUnits - 1);
                entity.OffsetZ = (int)Moved(entity.OffsetZ, body.Signed(), 0, Wire.CellUnits - 1);
            }
            if ((mask & Wire.MaskHeight) != 0)
            {
                entity.Y = (int)Moved(entity.Y, body.Signed(), int.MinValue, int.MaxValue);
            }
            if ((mask & Wire.MaskYaw) != 0) entity.Yaw = body.Byte();
            if ((mask & Wire.MaskFlags) != 0) entity.Flags = body.Byte();
            if ((mask & Wire.MaskVitals) != 0)
            {
                entity.Health = body.Byte();
                entity.Conditions = body.Unsigned32();
            }
            return entity;
        }

        private Entity ReadSpawn(ref FrameCursor body, uint netId)
        {
            Entity entity = new Entity();
            entity.NetId = netId;
            entity.Cell = cell;
            entity.Uuid = body.Uuid();
            entity.Kind = EnumNumbers.ToEntityKind(body.Byte());
            entity.Variant = body.Byte();
            uint faction = body.Unsigned32();
            if (faction > ushort.MaxValue) throw FrameCursor.OutOfRange();
            entity.Faction = (ushort)faction;
            int nameBytes = body.Byte();
            if (nameBytes > Wire.NameBytesMax) throw new ProtocolException("A name is too long.");
            entity.Name = body.Text(nameBytes);
            return entity;
        }

        private static uint NextNetId(ref FrameCursor body, uint last)
        {
            uint gap = body.Unsigned32();
            if (gap == 0) throw Contradiction();
            if (gap > uint.MaxValue - last) throw FrameCursor.OutOfRange();
            return last + gap;
        }

        private static long Moved(long from, long by, long min, long max)
        {
            // The bounds lie far inside of 64 bits, so that neither difference passes them.
            if (by < min - from || by > max - from) throw FrameCursor.OutOfRange();
            return from + by;
        }

        private static ProtocolException Contradiction()
        {
            return new ProtocolException("A record contradicts the state that it builds on.");
        }
    }
}
