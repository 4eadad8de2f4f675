namespace Realmkeep
{
    /// <summary>The first byte of every WebSocket message.</summary>
    public enum Channel : byte
    {
        /// <summary>A MessagePack array follows.</summary>
        Control = 0,
        /// <summary>A frame follows.</summary>
        Frame = 1,
    }

    public abstract partial class ClientMessage
    {
        /// <summary>The whole WebSocket message. The writer is used again and again to spare garbage.</summary>
        public byte[] Encode(MessagePackWriter writer)
        {
            writer.Clear();
            writer.WriteByte((byte)Channel.Control);
            Write(writer);
            return writer.ToArray();
        }

        /// <summary>Decodes one whole WebSocket message. Throws ProtocolException.</summary>
        public static ClientMessage Decode(byte[] message)
        {
            MessagePackReader reader = ControlBody.Open(message, Wire.ClientMessageBytesMax);
            ClientMessage decoded = Read(reader);
            reader.Finish();
            return decoded;
        }
    }

    public abstract partial class ServerMessage
    {
        /// <summary>The whole WebSocket message. The writer is used again and again to spare garbage.</summary>
        public byte[] Encode(MessagePackWriter writer)
        {
            writer.Clear();
            writer.WriteByte((byte)Channel.Control);
            Write(writer);
            return writer.ToArray();
        }

        /// <summary>Decodes one whole WebSocket message. Throws ProtocolException.</summary>
        public static ServerMessage Decode(byte[] message)
        {
            MessagePackReader reader = ControlBody.Open(message, Wire.ServerMessageBytesMax);
            ServerMessage decoded = Read(reader);
            reader.Finish();
            return decoded;
        }
    }

    internal static class ControlBody
    {
        internal static MessagePackReader Open(byte[] message, int bytesMax)
        {
            if (message.Length == 0) throw new ProtocolException("The message is empty.");
            if (message.Length > bytesMax) throw new ProtocolException("The message is longer than its limit.");
            if (message[0] != (byte)Channel.Control) throw new ProtocolException("This is no control message.");
            return new MessagePackReader(message, 1, message.Length - 1);
        }
    }
}
