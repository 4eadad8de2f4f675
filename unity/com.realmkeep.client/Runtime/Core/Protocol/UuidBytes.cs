using System;

namespace Realmkeep
{
    /// <summary>UUIDs on the wire are big-endian; Guid's own bytes are not.</summary>
    internal static class UuidBytes
    {
        internal static byte[] ToBytes(Guid uuid)
        {
            byte[] bytes = uuid.ToByteArray();
            Swap(bytes);
            return bytes;
        }

        internal static Guid FromBytes(byte[] source, int offset)
        {
            byte[] bytes = new byte[16];
            Buffer.BlockCopy(source, offset, bytes, 0, 16);
            Swap(bytes);
            return new Guid(bytes);
        }

        private static void Swap(byte[] bytes)
        {
            Array.Reverse(bytes, 0, 4);
            Array.Reverse(bytes, 4, 2);
            Array.Reverse(bytes, 6, 2);
        }
    }
}
