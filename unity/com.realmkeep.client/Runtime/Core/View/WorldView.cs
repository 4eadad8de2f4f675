using System.Collections.Generic;

namespace Realmkeep
{
    /// <summary>What a frame did to one entity or cell.</summary>
    public enum ViewChange
    {
        /// <summary>The entity came into view.</summary>
        Appeared,
        /// <summary>The entity moved or changed.</summary>
        Changed,
        /// <summary>The entity left the view.</summary>
        Disappeared,
        /// <summary>A delta of the cell is missing; it stands still until a keyframe comes.</summary>
        Gap,
    }

    /// <summary>One thing that a frame changed.</summary>
    public struct ViewEvent
    {
        /// <summary>What happened.</summary>
        public ViewChange Change;
        /// <summary>The entity; 0 for a gap.</summary>
        public uint NetId;
        /// <summary>The cell of a gap.</summary>
        public Cell Cell;
    }

    /// <summary>
    /// What the player sees: the entities of the cells in the area of interest. An entity that walks from one cell into
    /// the next is removed from the first and spawned in the second by the same frame; here it moves.
    /// </summary>
    public sealed class WorldView
    {
        private const int SegmentDelta = 0;
        private const int SegmentKeyframe = 1;
        private const int SegmentLeave = 2;

        private readonly Dictionary<Cell, CellMirror> cells = new Dictionary<Cell, CellMirror>();
        private readonly Dictionary<uint, Cell> homes = new Dictionary<uint, Cell>();
        private readonly SortedDictionary<uint, bool> touched = new SortedDictionary<uint, bool>();
        private readonly List<uint> present = new List<uint>();
        private readonly List<uint> removed = new List<uint>();
        private readonly List<Cell> gaps = new List<Cell>();

        /// <summary>The simulation's tick that the last frame showed.</summary>
        public ulong Tick { get; private set; }

        /// <summary>The last move that took effect.</summary>
        public uint MoveSeq { get; private set; }

        /// <summary>Number of entities in view.</summary>
        public int EntityCount { get { return homes.Count; } }

        /// <summary>Number of cells in view.</summary>
        public int CellCount { get { return cells.Count; } }

        /// <summary>Net ids of the entities in view, in no order. Do not apply frames while walking through them.</summary>
        public IEnumerable<uint> NetIds { get { return homes.Keys; } }

        /// <summary>The entity of a net id, if it is in view.</summary>
        public bool TryGet(uint netId, out Entity entity)
        {
            Cell cell;
            CellMirror mirror;
            if (homes.TryGetValue(netId, out cell) && cells.TryGetValue(cell, out mirror))
            {
                return mirror.TryGet(netId, out entity);
            }
            entity = new Entity();
            return false;
        }

        /// <summary>Forgets everything, as a new socket begins with keyframes; tells what disappeared.</summary>
        public void Clear(List<ViewEvent> events)
        {
            foreach (uint netId in homes.Keys) events.Add(Event(ViewChange.Disappeared, netId));
            cells.Clear();
            homes.Clear();
            MoveSeq = 0;
        }

        /// <summary>
        /// Applies one frame, a whole WebSocket message, and adds what changed to events: entities by net id, then gaps.
        /// Throws ProtocolException.
        /// </summary>
        public void Apply(byte[] message, List<ViewEvent> events)
        {
            if (message.Length > Wire.ServerMessageBytesMax) throw new ProtocolException("The frame is too long.");
            if (message.Length == 0 || message[0] != (byte)Channel.Frame) throw new ProtocolException("This is no frame.");
            touched.Clear();
            gaps.Clear();
            FrameCursor cursor = new FrameCursor(message, 1, message.Length - 1);
            ulong tick = cursor.Unsigned();
            uint moveSeq = cursor.Unsigned32();
            int segments = cursor.Count(Wire.FrameSegmentsMax);
            for (int i = 0; i < segments; i++) ApplySegment(message, ref cursor);
            cursor.Finish();
            Tick = tick;
            MoveSeq = moveSeq;
            foreach (KeyValuePair<uint, bool> entity in touched)
            {
                bool isInView = homes.ContainsKey(entity.Key);
                if (isInView) events.Add(Event(entity.Value ? ViewChange.Changed : ViewChange.Appeared, entity.Key));
                else if (entity.Value) events.Add(Event(ViewChange.Disappeared, entity.Key));
            }
            foreach (Cell cell in gaps)
            {
                ViewEvent gap = Event(ViewChange.Gap, 0);
                gap.Cell = cell;
                events.Add(gap);
            }
        }

        private void ApplySegment(byte[] message, ref FrameCursor cursor)
        {
            int x = cursor.Signed32();
            Cell cell = new Cell(x, cursor.Signed32());
            int kind = cursor.Byte();
            if (kind > SegmentLeave) throw new ProtocolException("The kind of a segment is not known.");
            uint sequence = cursor.Unsigned32();
            int length = cursor.Count(Wire.ServerMessageBytesMax);
            FrameCursor body = new FrameCursor(message, cursor.Take(length), length);
            if (kind == SegmentLeave && (length != 0 || sequence != 0)) throw new ProtocolException("A leave is empty.");

            CellMirror mirror;
            if (!cells.TryGetValue(cell, out mirror))
            {
                // A delta of a cell that was left, or not entered yet, is of no use.
                if (kind != SegmentKeyframe) return;
                if (cells.Count >= Wire.FrameSegmentsMax) throw new ProtocolException("Too many cells are in view.");
                mirror = new CellMirror(cell);
                cells.Add(cell, mirror);
            }
            present.Clear();
            removed.Clear();
            if (kind == SegmentKeyframe) mirror.ApplyKeyframe(sequence, body, present, removed);
            else if (kind == SegmentDelta && !mirror.ApplyDelta(sequence, body, present, removed)) gaps.Add(cell);
            else if (kind == SegmentLeave)
            {
                mirror.Clear(removed);
                cells.Remove(cell);
            }
            SettleHomes(cell);
        }

        private void SettleHomes(Cell cell)
        {
            foreach (uint netId in present)
            {
                if (!touched.ContainsKey(netId)) touched.Add(netId, homes.ContainsKey(netId));
                homes[netId] = cell;
            }
            foreach (uint netId in removed)
            {
                // The next cell may have claimed it already.
                Cell home;
                if (!homes.TryGetValue(netId, out home) || !home.Equals(cell)) continue;
                if (!touched.ContainsKey(netId)) touched.Add(netId, true);
                homes.Remove(netId);
            }
        }

        private static ViewEvent Event(ViewChange change, uint netId)
        {
            ViewEvent viewEvent = new ViewEvent();
            viewEvent.Change = change;
            viewEvent.NetId = netId;
            return viewEvent;
        }
    }
}
