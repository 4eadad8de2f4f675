using System;
using System.Text;

namespace Realmkeep
{
    /// <summary>Writes the part of MessagePack that control messages use, always in the shortest form.</summary>
    public sealed class MessagePackWriter
    {
        private byte[] bytes = new byte[256];
        private int length;

        /// <summary>Forgets what was written; the buffer is used again.</summary>
        public void Clear()
        {
            length = 0;
        }

        /// <summary>A copy of what was written.</summary>
        public byte[] ToArray()
        {
            byte[] copy = new byte[length];
            Buffer.BlockCopy(bytes, 0, copy, 0, length);
            return copy;
        }

        /// <summary>Writes a byte as it is.</summary>
        public void WriteByte(byte value)
        {
            Reserve(1);
            bytes[length++] = value;
        }

        /// <summary>Writes the head of an array of at most 65,535 items.</summary>
        public void WriteArray(int items)
        {
            if (items < 0 || items > ushort.MaxValue) throw new ArgumentOutOfRangeException("items");
            if (items <= 15) WriteByte((byte)(0x90 | items));
            else WriteTagged(0xdc, (ulong)items, 2);
        }

        /// <summary>Writes nil.</summary>
        public void WriteNil()
        {
            WriteByte(0xc0);
        }

        /// <summary>Writes a boolean.</summary>
        public void WriteBoolean(bool value)
        {
            WriteByte(value ? (byte)0xc3 : (byte)0xc2);
        }

        /// <summary>Writes an unsigned integer.</summary>
        public void WriteUnsigned(ulong value)
        {
            if (value < 0x80) WriteByte((byte)value);
            else if (value <= byte.MaxValue) WriteTagged(0xcc, value, 1);
            else if (value <= ushort.MaxValue) WriteTagged(0xcd, value, 2);
            else if (value <= uint.MaxValue) WriteTagged(0xce, value, 4);
            else WriteTagged(0xcf, value, 8);
        }

        /// <summary>Writes a signed integer; one that is not negative takes the unsigned form.</summary>
        public void WriteSigned(long value)
        {
            ulong bits = unchecked((ulong)value);
            if (value >= 0) WriteUnsigned(bits);
            else if (value >= -32) WriteByte(unchecked((byte)value));
            else if (value >= sbyte.MinValue) WriteTagged(0xd0, bits, 1);
            else if (value >= short.MinValue) WriteTagged(0xd1, bits, 2);
            else if (value >= int.MinValue) WriteTagged(0xd2, bits, 4);
            else WriteTagged(0xd3, bits, 8);
        }

        /// <summary>Writes a text of at most Wire.TextBytesMax bytes; null is written as an empty text.</summary>
        public void WriteText(string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
            if (utf8.Length > Wire.TextBytesMax) throw new ArgumentException("The text is too long.", "text");
            if (utf8.Length < 32) WriteByte((byte)(0xa0 | utf8.Length));
            else if (utf8.Length <= byte.MaxValue) WriteTagged(0xd9, (ulong)utf8.Length, 1);
            else WriteTagged(0xda, (ulong)utf8.Length, 2);
            WriteBytes(utf8);
        }

        /// <summary>Writes a UUID as a byte string of 16, in the order in which it is printed.</summary>
        public void WriteUuid(Guid uuid)
        {
            WriteTagged(0xc4, 16, 1);
            WriteBytes(UuidBytes.ToBytes(uuid));
        }

        /// <summary>Writes an array of at most Wire.TargetsMax UUIDs; null is written as an empty one.</summary>
        public void WriteUuids(Guid[] uuids)
        {
            int count = uuids == null ? 0 : uuids.Length;
            if (count > Wire.TargetsMax) throw new ArgumentException("There are too many.", "uuids");
            WriteArray(count);
            for (int i = 0; i < count; i++) WriteUuid(uuids[i]);
        }

        private void WriteTagged(byte tag, ulong value, int size)
        {
            Reserve(1 + size);
            bytes[length++] = tag;
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            {
                bytes[length++] = unchecked((byte)(value >> shift));
            }
        }

        private void WriteBytes(byte[] source)
        {
            Reserve(source.Length);
            Buffer.BlockCopy(source, 0, bytes, length, source.Length);
            length += source.Length;
        }

        private void Reserve(int more)
        {
            if (length + more <= bytes.Length) return;
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
        }
    }
}
