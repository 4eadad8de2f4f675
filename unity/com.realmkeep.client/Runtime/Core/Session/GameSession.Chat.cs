using System;

namespace Realmkeep
{
    /// <summary>Talk among players.</summary>
    public sealed partial class GameSession
    {
        /// <summary>Somebody said something that the player may hear; the player's own words come as well.</summary>
        public event Action<ServerMessage.Said> Said;
        /// <summary>Something was not said.</summary>
        public event Action<ServerMessage.SayRefused> SayRefused;

        /// <summary>Says a line to everybody near, or in the region. False if the character is not in the world just now.</summary>
        public bool Say(string text, Audience to = Audience.Near)
        {
            if (to == Audience.Whisper) throw new ArgumentException("Whisper names the listener.", "to");
            return Say(to, null, text);
        }

        /// <summary>Says a line to one player, by the character's name.</summary>
        public bool Whisper(string name, string text)
        {
            return Say(Audience.Whisper, name, text);
        }

        private bool Say(Audience to, string name, string text)
        {
            if (State != SessionState.Playing) return false;
            ClientMessage.Say say = new ClientMessage.Say();
            say.To = to;
            say.Name = name;
            say.Text = text;
            Send(say);
            return true;
        }
    }
}
