using System;

namespace Realmkeep
{
    /// <summary>
    /// Orders to the character, and what fights bring. Each order gives its number, which OrderTaken and OrderRefused
    /// carry, or 0 if the character is not in the world just now.
    /// </summary>
    public sealed partial class GameSession
    {
        private uint lastOrder;

        /// <summary>An order was taken. It can still be refused later.</summary>
        public event Action<ServerMessage.OrderTaken> OrderTaken;
        /// <summary>An order was refused, or can't be carried out any more.</summary>
        public event Action<ServerMessage.OrderRefused> OrderRefused;
        /// <summary>The own character stands otherwise than before: Standing has the numbers.</summary>
        public event Action<ServerMessage.Standing> StandingChanged;
        /// <summary>The character earned experience.</summary>
        public event Action<ServerMessage.Earned> Earned;
        /// <summary>
        /// Something happened in a fight in view: one of Attacked, Damaged, Healed, CastBegan, SpellCast, SpellCountered,
        /// Saved, EffectBegan, EffectEnded, Fell, Died and Revived. It may name an entity that is not in view.
        /// </summary>
        public event Action<ServerMessage> Fought;

        /// <summary>How the own character stands, or null before it was told.</summary>
        public ServerMessage.Standing Standing { get; private set; }

        /// <summary>Orders to attack with whatever does most, again every round, until the target is down.</summary>
        public uint Attack(Guid target, bool approach)
        {
            return Attack(target, approach, AttackWith.Best, 0);
        }

        /// <summary>Orders to attack with something; held is the number of the weapon in hand, from 0.</summary>
        public uint Attack(Guid target, bool approach, AttackWith with, byte held)
        {
            ClientMessage.Attack attack = new ClientMessage.Attack();
            attack.TargetId = target;
            attack.With = with;
            attack.Held = held;
            attack.Approach = approach;
            return SendOrder(attack, attack.Order = NextOrder());
        }

        /// <summary>Orders to cast a spell at targets, with a slot of that level; 0 for cantrips.</summary>
        public uint Cast(string spell, byte slot, params Guid[] targets)
        {
            ClientMessage.Cast cast = new ClientMessage.Cast();
            cast.Spell = spell;
            cast.Slot = slot;
            cast.TargetIds = targets;
            return Cast(cast);
        }

        /// <summary>Orders to cast a spell at a point, in 1/256 m.</summary>
        public uint CastAt(string spell, byte slot, long x, long y, long z)
        {
            ClientMessage.Cast cast = new ClientMessage.Cast();
            cast.Spell = spell;
            cast.Slot = slot;
            cast.X = x;
            cast.Y = y;
            cast.Z = z;
            return Cast(cast);
        }

        /// <summary>Orders to cast a spell, with all that the message can say. The number of the order is set here.</summary>
        public uint Cast(ClientMessage.Cast cast)
        {
            return SendOrder(cast, cast.Order = NextOrder());
        }

        /// <summary>Orders to use an action by its id.</summary>
        public uint Use(string action, params Guid[] targets)
        {
            ClientMessage.Use use = new ClientMessage.Use();
            use.Action = action;
            use.TargetIds = targets;
            return SendOrder(use, use.Order = NextOrder());
        }

        /// <summary>Orders to do something that everybody can do; target is null where it needs nobody.</summary>
        public uint Do(Act act, Guid? target = null)
        {
            ClientMessage.Do order = new ClientMessage.Do();
            order.Act = act;
            order.TargetId = target;
            return SendOrder(order, order.Order = NextOrder());
        }

        /// <summary>Orders to stop attacking, casting and walking.</summary>
        public uint Halt()
        {
            ClientMessage.Halt halt = new ClientMessage.Halt();
            return SendOrder(halt, halt.Order = NextOrder());
        }

        /// <summary>Orders the dead character to appear at the spawn point again.</summary>
        public uint Release()
        {
            ClientMessage.Release release = new ClientMessage.Release();
            return SendOrder(release, release.Order = NextOrder());
        }

        private uint NextOrder()
        {
            // 0 says that there is no order.
            lastOrder = lastOrder == uint.MaxValue ? 1 : lastOrder + 1;
            return lastOrder;
        }

        private uint SendOrder(ClientMessage order, uint number)
        {
            if (State != SessionState.Playing) return 0;
            Send(order);
            return number;
        }

        /// <summary>Hands on what a message tells of orders and fights.</summary>
        private void HandleFight(ServerMessage message)
        {
            switch (message.Kind)
            {
                case ServerMessage.OrderTaken.Number:
                    if (OrderTaken != null) OrderTaken((ServerMessage.OrderTaken)message);
                    break;
                case ServerMessage.OrderRefused.Number:
                    if (OrderRefused != null) OrderRefused((ServerMessage.OrderRefused)message);
                    break;
                case ServerMessage.Standing.Number:
                    Standing = (ServerMessage.Standing)message;
                    if (StandingChanged != null) StandingChanged(Standing);
                    break;
                case ServerMessage.Earned.Number:
                    if (Earned != null) Earned((ServerMessage.Earned)message);
                    break;
                default:
                    if (Fought != null) Fought(message);
                    break;
            }
        }
    }
}
