using System;
using System.Collections.Generic;

namespace Realmkeep.Tests
{
    /// <summary>A player who walks where the ground allows, and remembers what it sees.</summary>
    internal sealed class Walker : IDisposable
    {
        private const int StepMs = 100;
        // Eight directions, so that a shore or a cliff leaves a way out.
        private static readonly int[] East = { 10, 7, 0, -7, -10, -7, 0, 7 };
        private static readonly int[] South = { 0, 7, 10, 7, 0, -7, -10, -7 };

        internal readonly GameSession Session;
        internal readonly HashSet<uint> Moved = new HashSet<uint>();
        internal bool IsWalking;
        internal bool WasSeenWalking;
        internal ServerMessage.MoveRefused Refusal;
        internal uint LastMove;
        internal uint OrderTaken;
        internal ServerMessage.OrderRefused OrderRefusal;
        internal uint Experience;
        internal ServerMessage.Looted Loot;
        internal ServerMessage.PartyInvited Invitation;
        internal ServerMessage.TradeAsked Question;
        internal ServerMessage.TradeEnded TradeEnd;
        private readonly List<ServerMessage.Said> words = new List<ServerMessage.Said>();
        private readonly List<ServerMessage.Attacked> attacks = new List<ServerMessage.Attacked>();
        private readonly Dictionary<uint, Entity> seen = new Dictionary<uint, Entity>();
        private int heading;
        private long lastStep;

        internal Walker(RealmkeepApi api, string ticket)
        {
            SessionOptions options = new SessionOptions();
            options.ClientName = "headless-player/0.1.0";
            options.OpenTransport = delegate { return new WebSocketTransport(api.SocketUrl); };
            Session = new GameSession(options, ticket);
            Session.Joined += delegate(ServerMessage.Joined joined) { StandAt(joined.X, joined.Z); };
            Session.MoveRefused += delegate(ServerMessage.MoveRefused refusal)
            {
                Refusal = refusal;
                StandAt(refusal.X, refusal.Z);
                if (refusal.Code == MoveRefusal.NotWalkable) heading = (heading + 3) % East.Length;
            };
            Session.ViewChanged += OnViewChanged;
            Session.Said += delegate(ServerMessage.Said said) { words.Add(said); };
            Session.OrderTaken += delegate(ServerMessage.OrderTaken taken) { OrderTaken = taken.Order; };
            Session.OrderRefused += delegate(ServerMessage.OrderRefused refusal) { OrderRefusal = refusal; };
            Session.Earned += delegate(ServerMessage.Earned earned) { Experience += earned.Experience; };
            Session.Looted += delegate(ServerMessage.Looted looted) { Loot = looted; };
            Session.PartyInvited += delegate(ServerMessage.PartyInvited invited) { Invitation = invited; };
            Session.TradeAsked += delegate(ServerMessage.TradeAsked asked) { Question = asked; };
            Session.TradeEnded += delegate(ServerMessage.TradeEnded ended) { TradeEnd = ended; };
            Session.Fought += delegate(ServerMessage message)
            {
                ServerMessage.Attacked attacked = message as ServerMessage.Attacked;
                if (attacked != null) attacks.Add(attacked);
            };
        }

        internal long X { get; private set; }

        internal long Z { get; private set; }

        internal bool IsPlaying { get { return Session.State == SessionState.Playing; } }

        internal bool SeesItself
        {
            get
            {
                Entity self;
                return Session.Player != null && Session.View.TryGet(Session.Player.NetId, out self);
            }
        }

        /// <summary>The state, for a message about a failure.</summary>
        internal string Shown
        {
            get { return Session.State + " " + Session.CloseCode + " " + Session.CloseReason; }
        }

        public void Dispose()
        {
            Session.Dispose();
        }

        internal void Pump(long now)
        {
            Session.Pump(now);
            if (IsWalking && IsPlaying && now - lastStep >= StepMs)
            {
                lastStep = now;
                Step();
            }
        }

        /// <summary>The number under which an entity is in view.</summary>
        internal bool Finds(Guid uuid, out uint netId)
        {
            foreach (uint candidate in Session.View.NetIds)
            {
                Entity entity;
                if (!Session.View.TryGet(candidate, out entity) || entity.Uuid != uuid) continue;
                netId = candidate;
                return true;
            }
            netId = 0;
            return false;
        }

        /// <summary>A heap in view, the nearest to the player as the server shows both.</summary>
        internal bool FindsHeap(out Entity heap)
        {
            Entity self;
            heap = new Entity();
            long nearest = long.MaxValue;
            if (!Session.View.TryGet(Session.Player.NetId, out self)) return false;
            foreach (uint candidate in Session.View.NetIds)
            {
                Entity entity;
                if (!Session.View.TryGet(candidate, out entity) || entity.Kind != EntityKind.Heap) continue;
                long far = Math.Max(Math.Abs(entity.X - self.X), Math.Abs(entity.Z - self.Z));
                if (far >= nearest) continue;
                nearest = far;
                heap = entity;
            }
            return nearest < long.MaxValue;
        }

        /// <summary>Takes a step towards a point.</summary>
        internal void StepTowards(long x, long z)
        {
            Entity self;
            if (!Session.View.TryGet(Session.Player.NetId, out self)) return;
            long length = Session.Player.UnitsPerSecond * StepMs / 1000 / 2;
            long far = Math.Max(Math.Max(Math.Abs(x - self.X), Math.Abs(z - self.Z)), 1);
            long step = Math.Min(length, far);
            LastMove = Session.MoveTo(self.X + (x - self.X) * step / far, self.Z + (z - self.Z) * step / far, 64);
        }

        /// <summary>Whether somebody said so.</summary>
        internal bool HasHeard(Audience to, string text)
        {
            return words.Exists(delegate(ServerMessage.Said said) { return said.To == to && said.Text == text; });
        }

        /// <summary>Whether it was told of an attack that ended so, or better for the attacker.</summary>
        internal bool HasHeardOf(uint target, AttackOutcome atLeast)
        {
            return attacks.Exists(delegate(ServerMessage.Attacked attack)
            {
                return attack.Target == target && attack.Outcome >= atLeast;
            });
        }

        /// <summary>How far from a point the server shows the player, in 1/256 m; the greater of both axes.</summary>
        internal long ShownDistance(long x, long z)
        {
            Entity self;
            if (Session.Player == null || !Session.View.TryGet(Session.Player.NetId, out self)) return 0;
            return Math.Max(Math.Abs(self.X - x), Math.Abs(self.Z - z));
        }

        private void Step()
        {
            // A little under the allowed speed, as the two clocks differ.
            long length = Session.Player.UnitsPerSecond * StepMs / 1000 * 8 / 10;
            X += length * East[heading] / 10;
            Z += length * South[heading] / 10;
            // 64 steps of yaw are a quarter turn; heading 0 is east.
            LastMove = Session.MoveTo(X, Z, (byte)(64 + 32 * heading));
        }

        private void StandAt(long x, long z)
        {
            X = x;
            Z = z;
        }

        private void OnViewChanged(ViewEvent change)
        {
            Entity entity, before;
            if (!Session.View.TryGet(change.NetId, out entity))
            {
                seen.Remove(change.NetId);
                return;
            }
            bool isOwn = Session.Player != null && change.NetId == Session.Player.NetId;
            if (isOwn && entity.IsWalking) WasSeenWalking = true;
            bool isMoved = seen.TryGetValue(change.NetId, out before) && (before.X != entity.X || before.Z != entity.Z);
            if (isMoved && !isOwn && entity.Kind == EntityKind.Npc) Moved.Add(change.NetId);
            seen[change.NetId] = entity;
        }
    }
}
