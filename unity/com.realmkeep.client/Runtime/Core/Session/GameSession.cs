using System;
using System.Collections.Generic;

namespace Realmkeep
{
    /// <summary>Where a session stands.</summary>
    public enum SessionState
    {
        /// <summary>The first socket is being connected and Hello said.</summary>
        Connecting,
        /// <summary>Welcome came; the character is entering the world.</summary>
        Joining,
        /// <summary>The character is in the world.</summary>
        Playing,
        /// <summary>The socket dropped; the session is being resumed.</summary>
        Resuming,
        /// <summary>It is over: see CloseCode and CloseReason.</summary>
        Closed,
    }

    /// <summary>
    /// One character's stay in the world, across dropped sockets. Everything happens within Pump, on the thread that
    /// calls it: call it every frame of the game. Times are milliseconds of one clock that never goes back.
    /// </summary>
    public sealed partial class GameSession : IDisposable
    {
        private readonly SessionOptions options;
        private readonly MessagePackWriter writer = new MessagePackWriter();
        private readonly Random jitter = new Random();
        private readonly List<ViewEvent> viewEvents = new List<ViewEvent>();
        private ITransport transport;
        private string ticket;
        private string resumeToken;
        private bool isHelloSent;
        private bool isFarewellSent;
        private long now;
        private long attemptBegan;
        private long lastHeard;
        private long lastHeartbeat;
        private long droppedAt;
        private long nextAttempt;
        private long resumeDelay;
        private uint moveSeq;

        /// <summary>Begins a session with a fresh ticket. Nothing happens before the first Pump.</summary>
        public GameSession(SessionOptions options, string ticket)
        {
            if (options.OpenTransport == null) throw new ArgumentException("OpenTransport is missing.", "options");
            this.options = options;
            this.ticket = ticket;
            View = new WorldView();
        }

        /// <summary>The state changed.</summary>
        public event Action<SessionState> StateChanged;
        /// <summary>The character is in the world, for the first time or again.</summary>
        public event Action<ServerMessage.Joined> Joined;
        /// <summary>A move was refused: put the player where the message says.</summary>
        public event Action<ServerMessage.MoveRefused> MoveRefused;
        /// <summary>Something in view changed. It comes after the whole frame was applied.</summary>
        public event Action<ViewEvent> ViewChanged;
        /// <summary>A frame was applied: its tick. It comes after the frame's ViewChanged.</summary>
        public event Action<ulong> FrameApplied;

        /// <summary>Where the session stands.</summary>
        public SessionState State { get; private set; }

        /// <summary>What the player sees.</summary>
        public WorldView View { get; private set; }

        /// <summary>The last Welcome, or null.</summary>
        public ServerMessage.Welcome Welcome { get; private set; }

        /// <summary>The last Joined, or null.</summary>
        public ServerMessage.Joined Player { get; private set; }

        /// <summary>Time from a heartbeat to its answer, in milliseconds; negative before the first.</summary>
        public long RoundTripMs { get; private set; }

        /// <summary>Why the session closed; 0 where no code came.</summary>
        public int CloseCode { get; private set; }

        /// <summary>Why the session closed, for people.</summary>
        public string CloseReason { get; private set; }

        /// <summary>Handles what came, sends what is due, and notices a dead link. Call it every frame.</summary>
        public void Pump(long nowMs)
        {
            now = nowMs;
            if (State == SessionState.Closed) return;
            if (transport == null)
            {
                if (State == SessionState.Resuming && now < nextAttempt) return;
                Open();
            }
            if (!isHelloSent && transport.State == TransportState.Open) SendHello();
            ReceiveAll();
            if (transport == null || State == SessionState.Closed) return;
            if (transport.State == TransportState.Closed) Dropped(transport.CloseCode, transport.CloseReason);
            else if (IsLinkDead()) Dropped(0, "The server fell silent.");
            else if (isHelloSent) SendHeartbeat();
        }

        /// <summary>
        /// Asks to stand at a point (1/256 m), facing a direction (256 steps clockwise from north). Gives the number of
        /// the move, or 0 if the character is not in the world just now.
        /// </summary>
        public uint MoveTo(long x, long z, byte yaw)
        {
            if (State != SessionState.Playing) return 0;
            ClientMessage.Move move = new ClientMessage.Move();
            move.Seq = unchecked(++moveSeq);
            move.X = x;
            move.Z = z;
            move.Yaw = yaw;
            Send(move);
            return move.Seq;
        }

        /// <summary>Sets how many rings of cells around the player are seen; it also renews the whole view.</summary>
        public void SetInterest(byte radiusCells)
        {
            options.InterestRadiusCells = radiusCells;
            if (State == SessionState.Playing) SendInterest();
        }

        /// <summary>Leaves the world for good. Go on pumping until the state is Closed.</summary>
        public void SayGoodbye()
        {
            if (State == SessionState.Closed || isFarewellSent) return;
            isFarewellSent = true;
            if (transport == null || !isHelloSent) Close((int)Realmkeep.CloseCode.Farewell, "");
            else Send(new ClientMessage.Goodbye());
        }

        /// <summary>Drops the socket as a failing network would; the session then resumes. For tests.</summary>
        public void DropSocket()
        {
            if (transport != null) transport.Abort();
        }

        /// <summary>Drops the socket without a farewell.</summary>
        public void Dispose()
        {
            Close(0, "disposed");
        }

        private void Open()
        {
            isHelloSent = false;
            attemptBegan = now;
            RoundTripMs = -1;
            transport = options.OpenTransport();
        }

        private bool IsLinkDead()
        {
            if (State == SessionState.Connecting || State == SessionState.Resuming)
            {
                return now - attemptBegan > options.GreetingTimeoutMs;
            }
            return now - lastHeard > HeartbeatMs * Wire.HeartbeatsMissedMax;
        }

        private long HeartbeatMs
        {
            get { return Math.Min(Welcome.HeartbeatMs, options.HeartbeatMs); }
        }

        /// <summary>The socket is gone. What follows depends on the code, and on whether there is something to resume.</summary>
        private void Dropped(int code, string reason)
        {
            DropTransport();
            bool isOurs = code >= 4000 && code < 4100;
            bool mayResume = !isOurs || EnumNumbers.MayResume((CloseCode)code);
            bool isFirstDrop = State != SessionState.Resuming;
            if (isFirstDrop)
            {
                droppedAt = now;
                resumeDelay = options.ResumeDelayMs;
            }
            bool isTooLate = !isFirstDrop && now - droppedAt > Welcome.ResumeTtlMs;
            if (isFarewellSent || !mayResume || resumeToken == null || isTooLate)
            {
                Close(isFarewellSent && code == 0 ? (int)Realmkeep.CloseCode.Farewell : code, reason);
                return;
            }
            // Spread the players of a restarting server over time.
            nextAttempt = now + resumeDelay / 2 + jitter.Next((int)resumeDelay);
            resumeDelay = Math.Min(resumeDelay * 2, options.ResumeDelayMaxMs);
            Enter(SessionState.Resuming);
        }

        private void Close(int code, string reason)
        {
            DropTransport();
            if (State == SessionState.Closed) return;
            CloseCode = code;
            CloseReason = reason;
            Enter(SessionState.Closed);
        }

        private void DropTransport()
        {
            if (transport == null) return;
            transport.Dispose();
            transport = null;
        }

        private void Enter(SessionState state)
        {
            if (State == state) return;
            State = state;
            if (StateChanged != null) StateChanged(state);
        }
    }
}
