using System;

namespace Realmkeep
{
    /// <summary>What players do with each other and find on the ground: loot, parties and trade.</summary>
    public sealed partial class GameSession
    {
        /// <summary>The character has what was in a heap.</summary>
        public event Action<ServerMessage.Looted> Looted;
        /// <summary>Somebody wants the character in their party.</summary>
        public event Action<ServerMessage.PartyInvited> PartyInvited;
        /// <summary>The character's party is another than before: Party has it.</summary>
        public event Action<ServerMessage.PartyChanged> PartyChanged;
        /// <summary>Nothing came of something about a party.</summary>
        public event Action<ServerMessage.PartyRefused> PartyRefused;
        /// <summary>Somebody wants to trade. AskToTrade with them begins it.</summary>
        public event Action<ServerMessage.TradeAsked> TradeAsked;
        /// <summary>A trade has begun, or stands otherwise than before: Trade has it.</summary>
        public event Action<ServerMessage.TradeChanged> TradeChanged;
        /// <summary>A trade is over.</summary>
        public event Action<ServerMessage.TradeEnded> TradeEnded;
        /// <summary>Nothing came of something about a trade.</summary>
        public event Action<ServerMessage.TradeRefused> TradeRefused;

        /// <summary>The character's party, or null of who is in none.</summary>
        public ServerMessage.PartyChanged Party { get; private set; }

        /// <summary>The trade as it stands, or null while there is none.</summary>
        public ServerMessage.TradeChanged Trade { get; private set; }

        /// <summary>Orders to take up a heap within five feet.</summary>
        public uint Take(Guid heap)
        {
            ClientMessage.Take take = new ClientMessage.Take();
            take.HeapId = heap;
            return SendOrder(take, take.Order = NextOrder());
        }

        /// <summary>Invites somebody by the character's name. False if the character is not in the world just now, here and below.</summary>
        public bool Invite(string name)
        {
            ClientMessage.PartyInvite invite = new ClientMessage.PartyInvite();
            invite.Name = name;
            return SendWish(invite);
        }

        /// <summary>Joins a party that has invited, or says no.</summary>
        public bool AnswerInvitation(Guid party, bool joins)
        {
            ClientMessage.PartyAnswer answer = new ClientMessage.PartyAnswer();
            answer.PartyId = party;
            answer.Joins = joins;
            return SendWish(answer);
        }

        /// <summary>Leaves the party.</summary>
        public bool LeaveParty()
        {
            return SendWish(new ClientMessage.PartyLeave());
        }

        /// <summary>Sends somebody out of the party that the character leads.</summary>
        public bool Kick(Guid member)
        {
            ClientMessage.PartyKick kick = new ClientMessage.PartyKick();
            kick.MemberId = member;
            return SendWish(kick);
        }

        /// <summary>Hands the lead of the party on.</summary>
        public bool HandLeadOn(Guid member)
        {
            ClientMessage.PartyLead lead = new ClientMessage.PartyLead();
            lead.MemberId = member;
            return SendWish(lead);
        }

        /// <summary>Asks somebody near to trade. It begins when both have asked each other.</summary>
        public bool AskToTrade(Guid with)
        {
            ClientMessage.TradeAsk ask = new ClientMessage.TradeAsk();
            ask.WithId = with;
            return SendWish(ask);
        }

        /// <summary>Offers coins, in copper pieces, and things, and nothing of what was offered before.</summary>
        public bool Offer(uint moneyCp, params Goods[] goods)
        {
            ClientMessage.TradeOffer offer = new ClientMessage.TradeOffer();
            offer.MoneyCp = moneyCp;
            offer.Goods = goods;
            return SendWish(offer);
        }

        /// <summary>Agrees to the trade as Trade shows it.</summary>
        public bool AgreeToTrade()
        {
            if (Trade == null) return false;
            ClientMessage.TradeConfirm confirm = new ClientMessage.TradeConfirm();
            confirm.Revision = Trade.Revision;
            return SendWish(confirm);
        }

        /// <summary>Calls the trade off, or what was asked.</summary>
        public bool CallOffTrade()
        {
            return SendWish(new ClientMessage.TradeCancel());
        }

        private bool SendWish(ClientMessage wish)
        {
            if (State != SessionState.Playing) return false;
            Send(wish);
            return true;
        }

        /// <summary>Hands on what a message tells of loot, parties and trade. False of other messages.</summary>
        private bool HandleCompany(ServerMessage message)
        {
            switch (message.Kind)
            {
                case ServerMessage.Looted.Number:
                    if (Looted != null) Looted((ServerMessage.Looted)message);
                    return true;
                case ServerMessage.PartyInvited.Number:
                    if (PartyInvited != null) PartyInvited((ServerMessage.PartyInvited)message);
                    return true;
                case ServerMessage.PartyChanged.Number:
                    ServerMessage.PartyChanged party = (ServerMessage.PartyChanged)message;
                    Party = party.PartyId == null ? null : party;
                    if (PartyChanged != null) PartyChanged(party);
                    return true;
                case ServerMessage.PartyRefused.Number:
                    if (PartyRefused != null) PartyRefused((ServerMessage.PartyRefused)message);
                    return true;
                case ServerMessage.TradeAsked.Number:
                    if (TradeAsked != null) TradeAsked((ServerMessage.TradeAsked)message);
                    return true;
                case ServerMessage.TradeChanged.Number:
                    Trade = (ServerMessage.TradeChanged)message;
                    if (TradeChanged != null) TradeChanged(Trade);
                    return true;
                case ServerMessage.TradeEnded.Number:
                    Trade = null;
                    if (TradeEnded != null) TradeEnded((ServerMessage.TradeEnded)message);
                    return true;
                case ServerMessage.TradeRefused.Number:
                    if (TradeRefused != null) TradeRefused((ServerMessage.TradeRefused)message);
                    return true;
                default:
                    return false;
            }
        }
    }
}
