using System;

namespace Realmkeep
{
    /// <summary>How a session behaves. The defaults suit a game.</summary>
    public sealed class SessionOptions
    {
        /// <summary>Opens one connection; called again for every resume.</summary>
        public Func<ITransport> OpenTransport;
        /// <summary>Name and version of the game, for the server's logs.</summary>
        public string ClientName = "realmkeep-unity/0.1.0";
        /// <summary>Rings of cells around the player to see; negative for the server's default.</summary>
        public int InterestRadiusCells = -1;
        /// <summary>
        /// Longest time between two heartbeats in milliseconds; the server may ask for a shorter one. A link is taken for
        /// dead after three of them without a word.
        /// </summary>
        public long HeartbeatMs = 2000;
        /// <summary>Longest wait for a connection and its Welcome, in milliseconds.</summary>
        public long GreetingTimeoutMs = 10000;
        /// <summary>Wait before the first attempt to resume, in milliseconds; doubled for each further one.</summary>
        public long ResumeDelayMs = 250;
        /// <summary>Longest wait between attempts to resume, in milliseconds.</summary>
        public long ResumeDelayMaxMs = 4000;
        /// <summary>Most messages that one Pump handles, so that a frame of the game never takes long.</summary>
        public int MessagesPerPumpMax = 64;
    }
}
