using System;
using System.Text;

namespace Realmkeep
{
    /// <summary>
    /// Reads the part of MessagePack that control messages use, in any form whose value fits. Whatever the bytes are,
    /// the worst that happens is a ProtocolException.
    /// </summary>
    public sealed class MessagePackReader
    {
        private static readonly UTF8Encoding StrictUtf8 = new UTF8Encoding(false, true);

        private readonly byte[] bytes;
        private readonly int end;
        private int position;

        /// <summary>A reader of the bytes from offset on.</summary>
        public MessagePackReader(byte[] bytes, int offset, int count)
        {
            this.bytes = bytes;
            position = offset;
            end = offset + count;
        }

        /// <summary>Checks that all bytes were read.</summary>
        public void Finish()
        {
            if (position != end) throw new ProtocolException("Bytes follow the end of the message.");
        }

        /// <summary>Reads the head of an array and gives its number of items.</summary>
        public uint ReadArray()
        {
            byte tag = ReadByte();
            if (tag >= 0x90 && tag <= 0x9f) return (uint)(tag & 0x0f);
            if (tag == 0xdc) return (uint)ReadBigEndian(2);
            if (tag == 0xdd) return (uint)ReadBigEndian(4);
            throw new ProtocolException("An array is missing.");
        }

        /// <summary>Checks an array's number of items.</summary>
        public void ExpectItems(uint items, uint expected)
        {
            if (items != expected) throw new ProtocolException("The message has the wrong number of fields.");
        }

        /// <summary>Reads nil if it is next, and tells whether it was.</summary>
        public bool TakeNil()
        {
            if (position >= end) throw EndsEarly();
            if (bytes[position] != 0xc0) return false;
            position++;
            return true;
        }

        /// <summary>Reads a boolean.</summary>
        public bool ReadBoolean()
        {
            byte tag = ReadByte();
            if (tag == 0xc2) return false;
            if (tag == 0xc3) return true;
            throw new ProtocolException("A boolean is missing.");
        }

        /// <summary>Reads an integer from 0 to max.</summary>
        public ulong ReadUnsigned(ulong max)
        {
            bool isNegative;
            ulong bits = ReadInteger(out isNegative);
            if (isNegative || bits > max) throw OutOfRange();
            return bits;
        }

        /// <summary>Reads an integer of 64 bits with sign.</summary>
        public long ReadSigned()
        {
            bool isNegative;
            ulong bits = ReadInteger(out isNegative);
            if (!isNegative && bits > long.MaxValue) throw OutOfRange();
            return unchecked((long)bits);
        }

        /// <summary>Reads a text of at most Wire.TextBytesMax bytes.</summary>
        public string ReadText()
        {
            byte tag = ReadByte();
            ulong length;
            if (tag >= 0xa0 && tag <= 0xbf) length = (ulong)(tag & 0x1f);
            else if (tag == 0xd9) length = ReadBigEndian(1);
            else if (tag == 0xda) length = ReadBigEndian(2);
            else if (tag == 0xdb) length = ReadBigEndian(4);
            else throw new ProtocolException("A text is missing.");
            if (length > (ulong)Wire.TextBytesMax) throw new ProtocolException("A text is too long.");
            int start = Take((int)length);
            try
            {
                return StrictUtf8.GetString(bytes, start, (int)length);
            }
            catch (ArgumentException)
            {
                throw new ProtocolException("A text is not UTF-8.");
            }
        }

        /// <summary>Reads a UUID: a byte string of 16.</summary>
        public Guid ReadUuid()
        {
            byte tag = ReadByte();
            ulong length;
            if (tag == 0xc4) length = ReadBigEndian(1);
            else if (tag == 0xc5) length = ReadBigEndian(2);
            else if (tag == 0xc6) length = ReadBigEndian(4);
            else throw new ProtocolException("A byte string is missing.");
            if (length != 16) throw new ProtocolException("A UUID has 16 bytes.");
            return UuidBytes.FromBytes(bytes, Take(16));
        }

        /// <summary>Reads an array of at most Wire.TargetsMax UUIDs.</summary>
        public Guid[] ReadUuids()
        {
            uint count = ReadArray();
            if (count > Wire.TargetsMax) throw new ProtocolException("An array has too many items.");
            Guid[] uuids = new Guid[count];
            for (int i = 0; i < uuids.Length; i++) uuids[i] = ReadUuid();
            return uuids;
        }

        /// <summary>The integer's bits, extended by sign.</summary>
        private ulong ReadInteger(out bool isNegative)
        {
            byte tag = ReadByte();
            ulong bits;
            if (tag < 0x80) bits = tag;
            else if (tag >= 0xe0) bits = unchecked((ulong)(sbyte)tag);
            else
            {
                switch (tag)
                {
                    case 0xcc: bits = ReadBigEndian(1); break;
                    case 0xcd: bits = ReadBigEndian(2); break;
                    case 0xce: bits = ReadBigEndian(4); break;
                    case 0xcf: bits = ReadBigEndian(8); break;
                    case 0xd0: bits = unchecked((ulong)(sbyte)ReadBigEndian(1)); break;
                    case 0xd1: bits = unchecked((ulong)(short)ReadBigEndian(2)); break;
                    case 0xd2: bits = unchecked((ulong)(int)ReadBigEndian(4)); break;
                    case 0xd3: bits = ReadBigEndian(8); break;
                    default: throw new ProtocolException("An integer is missing.");
                }
            }
            bool isSignedForm = tag >= 0xe0 || (tag >= 0xd0 && tag <= 0xd3);
            isNegative = isSignedForm && unchecked((long)bits) < 0;
            return bits;
        }

        private byte ReadByte()
        {
            return bytes[Take(1)];
        }

        private ulong ReadBigEndian(int size)
        {
            int start = Take(size);
            ulong value = 0;
            for (int i = start; i < start + size; i++) value = (value << 8) | bytes[i];
            return value;
        }

        private int Take(int count)
        {
            if (count > end - position) throw EndsEarly();
            int start = position;
            position += count;
            return start;
        }

        private static ProtocolException EndsEarly()
        {
            return new ProtocolException("The message ends too early.");
        }

        private static ProtocolException OutOfRange()
        {
            return new ProtocolException("A number lies outside its range.");
        }
    }
}
