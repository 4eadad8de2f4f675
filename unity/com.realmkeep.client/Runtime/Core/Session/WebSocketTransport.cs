using System;
using System.Collections.Generic;
using System.IO;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Realmkeep
{
    /// <summary>
    /// A transport over .NET's own WebSocket. Two threads read and write; the queues between them and the session are
    /// bounded. When the session is not pumped the reading stops, and the server soon sends keyframes instead of a queue.
    /// </summary>
    public sealed class WebSocketTransport : ITransport
    {
        private const int QueuedMessagesMax = 256;

        private readonly object gate = new object();
        private readonly Queue<byte[]> incoming = new Queue<byte[]>();
        private readonly Queue<byte[]> outgoing = new Queue<byte[]>();
        private readonly CancellationTokenSource stop = new CancellationTokenSource();
        private readonly ClientWebSocket socket = new ClientWebSocket();
        private TransportState state = TransportState.Connecting;
        private int closeCode;
        private string closeReason = "";

        /// <summary>Begins to connect to an address such as ws://127.0.0.1:3000/ws/game.</summary>
        public WebSocketTransport(Uri url)
        {
            socket.Options.AddSubProtocol(Wire.Subprotocol);
            Start("realmkeep receive", delegate { Receive(url); });
        }

        public TransportState State { get { lock (gate) return state; } }

        public int CloseCode { get { lock (gate) return closeCode; } }

        public string CloseReason { get { lock (gate) return closeReason; } }

        public bool TrySend(byte[] message)
        {
            lock (gate)
            {
                if (state == TransportState.Closed || outgoing.Count >= QueuedMessagesMax) return false;
                outgoing.Enqueue(message);
                Monitor.PulseAll(gate);
                return true;
            }
        }

        public bool TryReceive(out byte[] message)
        {
            lock (gate)
            {
                message = incoming.Count > 0 ? incoming.Dequeue() : null;
                if (message != null) Monitor.PulseAll(gate);
                return message != null;
            }
        }

        public void Abort()
        {
            Close(0, "aborted");
            stop.Cancel();
            socket.Abort();
        }

        public void Dispose()
        {
            Abort();
            socket.Dispose();
        }

        private static void Start(string name, ThreadStart work)
        {
            Thread thread = new Thread(work);
            thread.Name = name;
            // A player who quits the game must not wait for a socket.
            thread.IsBackground = true;
            thread.Start();
        }

        private void Receive(Uri url)
        {
            Guarded(delegate
            {
                Wait(socket.ConnectAsync(url, stop.Token));
                lock (gate)
                {
                    if (state == TransportState.Closed) return;
                    state = TransportState.Open;
                }
                Start("realmkeep send", delegate { Guarded(Send); });
                byte[] buffer = new byte[16 * 1024];
                byte[] message;
                while ((message = NextMessage(buffer)) != null) Deliver(message);
            });
        }

        /// <summary>The next whole message, or null at the end of the connection.</summary>
        private byte[] NextMessage(byte[] buffer)
        {
            using (MemoryStream whole = new MemoryStream())
            {
                while (true)
                {
                    Task<WebSocketReceiveResult> receive =
                        socket.ReceiveAsync(new ArraySegment<byte>(buffer), stop.Token);
                    Wait(receive);
                    WebSocketReceiveResult part = receive.Result;
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        Close((int)(part.CloseStatus ?? 0), part.CloseStatusDescription ?? "");
                        return null;
                    }
                    if (whole.Length + part.Count > Wire.ServerMessageBytesMax)
                    {
                        throw new IOException("The server sent a message over the limit.");
                    }
                    whole.Write(buffer, 0, part.Count);
                    if (part.EndOfMessage) return whole.ToArray();
                }
            }
        }

        private void Deliver(byte[] message)
        {
            lock (gate)
            {
                while (incoming.Count >= QueuedMessagesMax && state != TransportState.Closed) Monitor.Wait(gate);
                if (state != TransportState.Closed) incoming.Enqueue(message);
            }
        }

        private void Send()
        {
            while (true)
            {
                byte[] message;
                lock (gate)
                {
                    while (outgoing.Count == 0 && state != TransportState.Closed) Monitor.Wait(gate);
                    if (outgoing.Count == 0) return;
                    message = outgoing.Dequeue();
                }
                Wait(socket.SendAsync(new ArraySegment<byte>(message), WebSocketMessageType.Binary, true, stop.Token));
            }
        }

        private static void Wait(Task task)
        {
            task.GetAwaiter().GetResult();
        }

        /// <summary>Runs a thread's work. However the socket fails, it is the end of this transport and no more.</summary>
        private void Guarded(Action work)
        {
            try
            {
                work();
            }
            catch (Exception failure)
            {
                Close(0, failure.Message);
                socket.Abort();
            }
        }

        private void Close(int code, string reason)
        {
            lock (gate)
            {
                if (state == TransportState.Closed) return;
                state = TransportState.Closed;
                closeCode = code;
                closeReason = reason;
                Monitor.PulseAll(gate);
            }
        }
    }
}
