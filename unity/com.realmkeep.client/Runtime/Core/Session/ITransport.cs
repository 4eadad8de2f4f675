using System;

namespace Realmkeep
{
    /// <summary>What a transport is doing.</summary>
    public enum TransportState
    {
        /// <summary>The connection is being made.</summary>
        Connecting,
        /// <summary>Messages go both ways.</summary>
        Open,
        /// <summary>It is over. What came before can still be received.</summary>
        Closed,
    }

    /// <summary>
    /// One WebSocket connection, seen from the thread that pumps the session: no call blocks, and no call comes back on
    /// another thread. Implement it to bring a platform's own socket, as in a browser.
    /// </summary>
    public interface ITransport : IDisposable
    {
        /// <summary>What the transport is doing.</summary>
        TransportState State { get; }

        /// <summary>The WebSocket close code once it is closed; 0 where the connection broke.</summary>
        int CloseCode { get; }

        /// <summary>Why it is closed, for people.</summary>
        string CloseReason { get; }

        /// <summary>Queues a message. False when the queue is full: the peer has stopped reading.</summary>
        bool TrySend(byte[] message);

        /// <summary>Takes the next message that came, if any.</summary>
        bool TryReceive(out byte[] message);

        /// <summary>Drops the connection without a farewell.</summary>
        void Abort();
    }
}
