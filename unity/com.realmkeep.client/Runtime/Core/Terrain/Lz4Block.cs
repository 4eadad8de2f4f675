namespace Realmkeep
{
    /// <summary>Unpacks one LZ4 block. Takes any bytes, and never writes more than it was told to expect.</summary>
    internal static class Lz4Block
    {
        private const int MatchMin = 4;

        /// <summary>The bytes that a block from a place to the end of others unpacks to.</summary>
        internal static byte[] Unpack(byte[] packed, int at, int length)
        {
            byte[] unpacked = new byte[length];
            int written = 0;
            while (at < packed.Length)
            {
                int token = packed[at++];
                int literals = Length(packed, ref at, token >> 4);
                if (literals > packed.Length - at || literals > length - written) throw Damaged();
                System.Buffer.BlockCopy(packed, at, unpacked, written, literals);
                at += literals;
                written += literals;
                // The last piece of a block is literals alone.
                if (at == packed.Length) break;
                if (packed.Length - at < 2) throw Damaged();
                int back = packed[at] | packed[at + 1] << 8;
                at += 2;
                int match = Length(packed, ref at, token & 15) + MatchMin;
                if (back == 0 || back > written || match > length - written) throw Damaged();
                // Byte by byte: a match may reach into what it writes itself.
                for (int end = written + match; written < end; written++) unpacked[written] = unpacked[written - back];
            }
            if (written != length) throw Damaged();
            return unpacked;
        }

        private static int Length(byte[] packed, ref int at, int length)
        {
            if (length < 15) return length;
            int more;
            do
            {
                if (at == packed.Length || length > TerrainChunk.BodyMax) throw Damaged();
                more = packed[at++];
                length += more;
            }
            while (more == 255);
            return length;
        }

        private static ProtocolException Damaged()
        {
            return new ProtocolException("damaged terrain chunk");
        }
    }
}
