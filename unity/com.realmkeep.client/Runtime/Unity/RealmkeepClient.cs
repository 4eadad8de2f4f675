using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using UnityEngine;

namespace Realmkeep
{
    /// <summary>
    /// Holds one session and pumps it every frame. Add it to a scene, call Enter, and listen to its events: they come on
    /// the main thread.
    /// </summary>
    public sealed class RealmkeepClient : MonoBehaviour
    {
        [SerializeField] private string serverUrl = "http://127.0.0.1:3000";
        [SerializeField] private EntityViews views;

        private GameSession session;

        /// <summary>The session's state changed.</summary>
        public event Action<SessionState> StateChanged;
        /// <summary>The character is in the world, for the first time or again.</summary>
        public event Action<ServerMessage.Joined> Joined;
        /// <summary>A move was refused: put the player where the message says.</summary>
        public event Action<ServerMessage.MoveRefused> MoveRefused;

        /// <summary>The session, or null before Enter.</summary>
        public GameSession Session { get { return session; } }

        /// <summary>
        /// Signs in and enters the world with the account's first character. Failures come as ApiException. The calls
        /// over the network run off the main thread.
        /// </summary>
        public async Task Enter(string email, string password)
        {
            RealmkeepApi api = new RealmkeepApi(serverUrl);
            string ticket = await Task.Run(() =>
            {
                api.Login(email, password);
                List<Character> characters = api.Characters();
                if (characters.Count == 0) throw new ApiException(0, "The account has no character yet.", null);
                return api.Ticket(characters[0].Id);
            });
            // The component may have been destroyed, or left for another session, in the meantime.
            if (this == null) return;
            Leave();
            SessionOptions options = new SessionOptions();
            options.OpenTransport = () => new WebSocketTransport(api.SocketUrl);
            session = new GameSession(options, ticket);
            session.StateChanged += state => { if (StateChanged != null) StateChanged(state); };
            session.Joined += joined => { if (Joined != null) Joined(joined); };
            session.MoveRefused += refusal => { if (MoveRefused != null) MoveRefused(refusal); };
            if (views != null) views.Watch(session);
        }

        /// <summary>Says goodbye and drops the session.</summary>
        public void Leave()
        {
            if (session == null) return;
            session.SayGoodbye();
            session.Pump(Now());
            session.Dispose();
            session = null;
        }

        private static long Now()
        {
            return (long)(Time.realtimeSinceStartupAsDouble * 1000);
        }

        private void Update()
        {
            if (session != null) session.Pump(Now());
        }

        private void OnDestroy()
        {
            Leave();
        }
    }
}
