using System;
using System.Text;

namespace Realmkeep
{
    /// <summary>
    /// Takes varints and bytes off a frame. Whatever the bytes are, the worst that happens is a ProtocolException.
    /// </summary>
    internal struct FrameCursor
    {
        private static readonly UTF8Encoding StrictUtf8 = new UTF8Encoding(false, true);

        private readonly byte[] bytes;
        private readonly int end;
        private int position;

        internal FrameCursor(byte[] bytes, int offset, int count)
        {
            this.bytes = bytes;
            position = offset;
            end = offset + count;
        }

        internal int Position { get { return position; } }

        internal void Finish()
        {
            if (position != end) throw new ProtocolException("Bytes follow the end of the frame.");
        }

        internal byte Byte()
        {
            return bytes[Take(1)];
        }

        internal int Take(int count)
        {
            if (count > end - position) throw new ProtocolException("The frame ends too early.");
            int start = position;
            position += count;
            return start;
        }

        internal ulong Unsigned()
        {
            ulong value = 0;
            for (int shift = 0; shift < 64; shift += 7)
            {
                byte next = Byte();
                ulong bits = (ulong)(next & 0x7f);
                if (shift == 63 && bits > 1) break;
                value |= bits << shift;
                if ((next & 0x80) == 0) return value;
            }
            throw OutOfRange();
        }

        internal uint Unsigned32()
        {
            ulong value = Unsigned();
            if (value > uint.MaxValue) throw OutOfRange();
            return (uint)value;
        }

        internal int Count(int max)
        {
            ulong value = Unsigned();
            if (value > (ulong)max) throw new ProtocolException("A count or a length is over its limit.");
            return (int)value;
        }

        internal long Signed()
        {
            ulong folded = Unsigned();
            return unchecked((long)(folded >> 1) ^ -(long)(folded & 1));
        }

        internal int Signed32()
        {
            long value = Signed();
            if (value < int.MinValue || value > int.MaxValue) throw OutOfRange();
            return (int)value;
        }

        internal Guid Uuid()
        {
            return UuidBytes.FromBytes(bytes, Take(16));
        }

        internal string Text(int length)
        {
            int start = Take(length);
            try
            {
                return StrictUtf8.GetString(bytes, start, length);
            }
            catch (ArgumentException)
            {
                throw new ProtocolException("A name is not UTF-8.");
            }
        }

        internal static ProtocolException OutOfRange()
        {
            return new ProtocolException("A number lies outside its range.");
        }
    }
}
