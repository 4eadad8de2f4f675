using System;
using System.Collections.Generic;

namespace Realmkeep.Tests
{
    /// <summary>Tests of the session's states over a connection that the test plays itself, with a clock of its own.</summary>
    internal static class SessionTests
    {
        internal static void Run(Check check)
        {
            check.Run("join", delegate { JoinsAndWalks(check); });
            check.Run("fights", delegate { OrdersAndHearsOfFights(check); });
            check.Run("talk", delegate { Talks(check); });
            check.Run("resume", delegate { ResumesAfterADrop(check); });
            check.Run("dead link", delegate { NoticesADeadLink(check); });
            check.Run("refusal", delegate { EndsWhenRefused(check); });
            check.Run("malformed", delegate { TrustsNothingAfterMalformedBytes(check); });
            check.Run("too late", delegate { GivesUpWhenItIsTooLate(check); });
            check.Run("bounded", delegate { HandlesABoundedNumberOfMessages(check); });
        }

        private static void JoinsAndWalks(Check check)
        {
            Game game = new Game();
            check.Same("a move before the world is none", 0u, game.Session.MoveTo(1, 2, 3));
            game.Enter();
            check.Same("Hello carries the ticket", "ticket-1", game.Hello.Ticket);
            check.Same("Hello carries the schema hash", Wire.SchemaHash, game.Hello.SchemaHash);
            check.That("Join follows Welcome", game.Sent[1] is ClientMessage.Join);
            check.Same("Joined begins the play", SessionState.Playing, game.Session.State);
            check.Same("moves are counted on from Joined", 41u, game.Session.MoveTo(1, 2, 3));
            game.Session.SayGoodbye();
            game.Pump(10);
            check.That("Goodbye is sent", game.Sent[game.Sent.Count - 1] is ClientMessage.Goodbye);
            game.Line.Close(4000, "");
            game.Pump(10);
            check.Same("a farewell ends the session", SessionState.Closed, game.Session.State);
            check.Same("with its code", 4000, game.Session.CloseCode);
        }

        private static void OrdersAndHearsOfFights(Check check)
        {
            Game game = new Game();
            Guid wolf = Guid.NewGuid();
            check.Same("an order before the world is none", 0u, game.Session.Attack(wolf, true));
            game.Enter();
            uint refused = 0;
            string why = null;
            List<string> fought = new List<string>();
            game.Session.OrderRefused += delegate(ServerMessage.OrderRefused refusal)
            {
                refused = refusal.Order;
                why = refusal.Code + ": " + refusal.Reason;
            };
            game.Session.Fought += delegate(ServerMessage message) { fought.Add(message.GetType().Name); };
            uint order = game.Session.Attack(wolf, true);
            ClientMessage.Attack attack = (ClientMessage.Attack)game.Sent[game.Sent.Count - 1];
            check.Same("an order has its number", order, attack.Order);
            check.Same("and its target", wolf, attack.TargetId);
            game.Session.Cast("srd:magic-missile", 1, wolf, wolf, wolf);
            ClientMessage.Cast cast = (ClientMessage.Cast)game.Sent[game.Sent.Count - 1];
            check.Same("orders are counted", order + 1, cast.Order);
            check.Same("a spell has its targets", 3, cast.TargetIds.Length);
            check.That("and no point", cast.X == null && cast.Y == null && cast.Z == null);
            game.Answer(new ServerMessage.OrderRefused
            {
                Order = order, Code = OrderRefusal.OutOfRange, Reason = "out of range: 95 ft, reach 5 ft",
            });
            game.Answer(new ServerMessage.Standing { HitPoints = 7, HitPointsMax = 12, UnitsPerSecond = 1170 });
            game.Answer(new ServerMessage.Attacked { Attacker = 12, Target = 15, Outcome = AttackOutcome.Hit });
            game.Answer(new ServerMessage.Died { Target = 15, By = 12 });
            game.Pump(10);
            check.Same("a refusal names its order", order, refused);
            check.Same("and says why", "OutOfRange: out of range: 95 ft, reach 5 ft", why);
            check.Same("the character knows how it stands", 7u, game.Session.Standing.HitPoints);
            check.Same("fights are told in order", "Attacked Died", string.Join(" ", fought));
        }

        private static void Talks(Check check)
        {
            Game game = new Game();
            check.That("nobody hears who is not in the world", !game.Session.Say("hail"));
            game.Enter();
            check.That("a whisper is said", game.Session.Whisper("Wren", "psst"));
            ClientMessage.Say say = (ClientMessage.Say)game.Sent[game.Sent.Count - 1];
            check.Same("to its listener", "Wren", say.Name);
            check.Same("alone", Audience.Whisper, say.To);
            string heard = null;
            game.Session.Said += delegate(ServerMessage.Said said) { heard = said.From + ": " + said.Text; };
            game.Answer(new ServerMessage.Said { To = Audience.Near, From = "Wren", Text = "hail" });
            game.Pump(10);
            check.Same("words are heard", "Wren: hail", heard);
        }

        private static void ResumesAfterADrop(Check check)
        {
            Game game = new Game();
            game.Enter();
            game.Line.Close(0, "broken");
            game.Pump(10);
            check.Same("a drop leads to resuming", SessionState.Resuming, game.Session.State);
            game.Pump(2000);
            game.Pump(10);
            check.Same("a second connection is opened", 2, game.Connections);
            check.Same("Hello carries the resume token", "token-1", game.Hello.ResumeToken);
            check.Same("and no ticket", null, game.Hello.Ticket);
            game.Welcome("token-2", true);
            game.Joined(40);
            game.Pump(10);
            check.Same("the play goes on", SessionState.Playing, game.Session.State);
            check.That("without another Join", !game.Sent.Exists(delegate(ClientMessage m) { return m is ClientMessage.Join; }));
            game.Line.Close(4012, "stopping");
            game.Pump(10);
            game.Pump(2000);
            game.Pump(10);
            check.Same("the newest token is used", "token-2", game.Hello.ResumeToken);
        }

        private static void NoticesADeadLink(Check check)
        {
            Game game = new Game();
            game.Enter();
            for (int i = 0; i < 4; i++) game.Pump(1000);
            int heartbeats = game.Sent.FindAll(delegate(ClientMessage m) { return m is ClientMessage.Heartbeat; }).Count;
            check.Same("one heartbeat for each interval", 2, heartbeats);
            check.Same("silence for two intervals is borne", SessionState.Playing, game.Session.State);
            game.Answer(new ServerMessage.HeartbeatAck { ClientTimeMs = (ulong)game.Now - 30 });
            game.Pump(10);
            check.Same("the round trip is known", 40L, game.Session.RoundTripMs);
            for (int i = 0; i < 7; i++) game.Pump(1000);
            check.Same("silence for three intervals is a dead link", SessionState.Resuming, game.Session.State);
        }

        private static void EndsWhenRefused(Check check)
        {
            Game game = new Game();
            game.Pump(10);
            game.Answer(new ServerMessage.Goodbye { Code = CloseCode.TicketRefused, Reason = "used" });
            game.Pump(10);
            check.Same("a refused ticket ends the session", SessionState.Closed, game.Session.State);
            check.Same("the code is kept", (int)CloseCode.TicketRefused, game.Session.CloseCode);
            check.Same("the reason is kept", "used", game.Session.CloseReason);
            game.Pump(60000);
            check.Same("nothing is tried again", 1, game.Connections);
        }

        private static void TrustsNothingAfterMalformedBytes(Check check)
        {
            Game game = new Game();
            game.Enter();
            game.Line.Incoming.Enqueue(new byte[] { 1, 1, 1, 9 });
            game.Pump(10);
            check.Same("malformed bytes lead to a new socket", SessionState.Resuming, game.Session.State);
        }

        private static void GivesUpWhenItIsTooLate(Check check)
        {
            Game game = new Game();
            game.Enter();
            game.RefusesConnections = true;
            game.Line.Close(0, "broken");
            for (int i = 0; i < 100; i++) game.Pump(1000);
            check.Same("after the time to resume the session is over", SessionState.Closed, game.Session.State);
            check.That("some attempts were made, ever more rarely", game.Connections > 5 && game.Connections < 25, game.Connections);
        }

        private static void HandlesABoundedNumberOfMessages(Check check)
        {
            Game game = new Game();
            game.Enter();
            for (int i = 0; i < 1000; i++) game.Answer(new ServerMessage.HeartbeatAck());
            game.Pump(10);
            check.Same("one Pump handles so many messages", 1000 - 64, game.Line.Incoming.Count);
        }

        /// <summary>A session with a connection whose other end the test plays.</summary>
        private sealed class Game
        {
            internal readonly GameSession Session;
            internal Line Line;
            internal int Connections;
            internal bool RefusesConnections;
            internal long Now = 1000000;
            private readonly MessagePackWriter writer = new MessagePackWriter();

            internal Game()
            {
                SessionOptions options = new SessionOptions();
                options.OpenTransport = delegate
                {
                    Connections++;
                    Line = new Line();
                    if (RefusesConnections) Line.Close(0, "refused");
                    return Line;
                };
                Session = new GameSession(options, "ticket-1");
            }

            internal List<ClientMessage> Sent
            {
                get { return Line.Outgoing.ConvertAll<ClientMessage>(ClientMessage.Decode); }
            }

            internal ClientMessage.Hello Hello { get { return (ClientMessage.Hello)Sent[0]; } }

            internal void Pump(long milliseconds)
            {
                Now += milliseconds;
                Session.Pump(Now);
            }

            internal void Answer(ServerMessage message)
            {
                Line.Incoming.Enqueue(message.Encode(writer));
            }

            internal void Welcome(string token, bool isResumed)
            {
                Answer(new ServerMessage.Welcome
                {
                    ResumeToken = token, Resumed = isResumed, HeartbeatMs = 5000, ResumeTtlMs = 30000,
                });
            }

            internal void Joined(uint moveSeq)
            {
                Answer(new ServerMessage.Joined { CharacterName = "Mira", MoveSeq = moveSeq });
            }

            internal void Enter()
            {
                Pump(10);
                Welcome("token-1", false);
                Pump(10);
                Joined(40);
                Pump(10);
            }
        }

        private sealed class Line : ITransport
        {
            internal readonly Queue<byte[]> Incoming = new Queue<byte[]>();
            internal readonly List<byte[]> Outgoing = new List<byte[]>();

            internal Line()
            {
                State = TransportState.Open;
            }

            public TransportState State { get; private set; }
            public int CloseCode { get; private set; }
            public string CloseReason { get; private set; }

            public bool TrySend(byte[] message)
            {
                Outgoing.Add(message);
                return true;
            }

            public bool TryReceive(out byte[] message)
            {
                message = Incoming.Count > 0 ? Incoming.Dequeue() : null;
                return message != null;
            }

            public void Abort()
            {
                Close(0, "aborted");
            }

            public void Dispose()
            {
            }

            internal void Close(int code, string reason)
            {
                State = TransportState.Closed;
                CloseCode = code;
                CloseReason = reason;
            }
        }
    }
}
