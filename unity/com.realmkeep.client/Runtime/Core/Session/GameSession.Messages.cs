using System;

namespace Realmkeep
{
    /// <summary>What a session says, and what it makes of the answers.</summary>
    public sealed partial class GameSession
    {
        private void Send(ClientMessage message)
        {
            // A full queue means that the server stopped reading: the transport's end is noticed by the next Pump.
            if (transport != null && !transport.TrySend(message.Encode(writer))) transport.Abort();
        }

        private void SendHello()
        {
            ClientMessage.Hello hello = new ClientMessage.Hello();
            hello.ProtocolVersion = Wire.ProtocolVersion;
            hello.SchemaHash = Wire.SchemaHash;
            hello.Ticket = resumeToken == null ? ticket : null;
            hello.ResumeToken = resumeToken;
            hello.Client = options.ClientName;
            isHelloSent = true;
            lastHeartbeat = now;
            Send(hello);
        }

        private void SendInterest()
        {
            ClientMessage.Interest interest = new ClientMessage.Interest();
            interest.RadiusCells = (byte)Math.Min(options.InterestRadiusCells, Wire.InterestRadiusCellsMax);
            Send(interest);
        }

        private void SendHeartbeat()
        {
            if (Welcome == null || State == SessionState.Resuming || now - lastHeartbeat < HeartbeatMs) return;
            lastHeartbeat = now;
            ClientMessage.Heartbeat heartbeat = new ClientMessage.Heartbeat();
            heartbeat.ClientTimeMs = unchecked((ulong)now);
            Send(heartbeat);
        }

        private void ReceiveAll()
        {
            byte[] message;
            for (int i = 0; i < options.MessagesPerPumpMax; i++)
            {
                if (transport == null || !transport.TryReceive(out message)) return;
                lastHeard = now;
                try
                {
                    Handle(message);
                }
                catch (ProtocolException failure)
                {
                    // Nothing later on this socket can be trusted. A new one begins with keyframes.
                    Dropped(0, failure.Message);
                    return;
                }
            }
        }

        private void Handle(byte[] message)
        {
            if (message.Length > 0 && message[0] == (byte)Channel.Frame)
            {
                viewEvents.Clear();
                View.Apply(message, viewEvents);
                ReportView();
                if (FrameApplied != null) FrameApplied(View.Tick);
                return;
            }
            ServerMessage decoded = ServerMessage.Decode(message);
            switch (decoded.Kind)
            {
                case ServerMessage.Welcome.Number: OnWelcome((ServerMessage.Welcome)decoded); break;
                case ServerMessage.Joined.Number: OnJoined((ServerMessage.Joined)decoded); break;
                case ServerMessage.MoveRefused.Number:
                    if (MoveRefused != null) MoveRefused((ServerMessage.MoveRefused)decoded);
                    break;
                case ServerMessage.HeartbeatAck.Number:
                    RoundTripMs = unchecked(now - (long)((ServerMessage.HeartbeatAck)decoded).ClientTimeMs);
                    break;
                case ServerMessage.Goodbye.Number:
                    ServerMessage.Goodbye goodbye = (ServerMessage.Goodbye)decoded;
                    Dropped((int)goodbye.Code, goodbye.Reason);
                    break;
                case ServerMessage.Said.Number:
                    if (Said != null) Said((ServerMessage.Said)decoded);
                    break;
                case ServerMessage.SayRefused.Number:
                    if (SayRefused != null) SayRefused((ServerMessage.SayRefused)decoded);
                    break;
                default:
                    if (!HandleCompany(decoded)) HandleFight(decoded);
                    break;
            }
        }

        private void OnWelcome(ServerMessage.Welcome welcome)
        {
            Welcome = welcome;
            resumeToken = welcome.ResumeToken;
            // It was used: only the resume token opens the next socket.
            ticket = null;
            viewEvents.Clear();
            View.Clear(viewEvents);
            ReportView();
            Enter(SessionState.Joining);
            if (!welcome.Resumed) Send(new ClientMessage.Join());
        }

        private void OnJoined(ServerMessage.Joined joined)
        {
            Player = joined;
            // The server tells anew whatever there is of both.
            Party = null;
            Trade = null;
            moveSeq = joined.MoveSeq;
            Enter(SessionState.Playing);
            if (options.InterestRadiusCells >= 0) SendInterest();
            if (Joined != null) Joined(joined);
        }

        private void ReportView()
        {
            if (ViewChanged == null) return;
            for (int i = 0; i < viewEvents.Count; i++) ViewChanged(viewEvents[i]);
        }
    }
}
