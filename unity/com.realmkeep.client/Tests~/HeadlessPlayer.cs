using System;
using System.Collections.Generic;
using System.Threading;

namespace Realmkeep.Tests
{
    /// <summary>
    /// Plays against a running server without an engine: signs in, reads the ground it stands on, walks, sees others walk, drops its socket and comes
    /// back, plays together with a companion, trades, fights a rat, loots a goblin, and says goodbye. A companion from a second account watches. The account must be allowed to set
    /// monsters out.
    /// </summary>
    internal static class HeadlessPlayer
    {
        private const string Usage =
            "usage: headless-player.exe --server http://127.0.0.1:3000 --email E --password P [--seconds 60]";

        private static readonly Check Check = new Check();
        private static int patienceMs = 60000;

        private static int Main(string[] arguments)
        {
            string server = null, email = null, password = null;
            for (int i = 0; i < arguments.Length; i += 2)
            {
                string value = i + 1 < arguments.Length ? arguments[i + 1] : null;
                int seconds = 0;
                if (arguments[i] == "--server" && value != null) server = value;
                else if (arguments[i] == "--email" && value != null) email = value;
                else if (arguments[i] == "--password" && value != null) password = value;
                else if (arguments[i] == "--seconds" && int.TryParse(value, out seconds) && seconds > 0) patienceMs = seconds * 1000;
                else return Complain(Usage);
            }
            if (server == null || email == null || password == null) return Complain(Usage);
            Check.Run("the play", delegate { Play(server, email, password); });
            return Check.Finish();
        }

        private static int Complain(string what)
        {
            Console.Error.WriteLine(what);
            return 2;
        }

        private static void Play(string server, string email, string password)
        {
            RealmkeepApi api = SignIn(server, email, password, "Headless player");
            WrongPasswordIsRefused(server, email);
            Character character = OwnCharacter(api);
            string ticket = api.Ticket(character.Id);
            string companionEmail = "companion-" + Guid.NewGuid().ToString("N") + "@example.com";
            RealmkeepApi companionApi = SignIn(server, companionEmail, Guid.NewGuid().ToString(), "Companion");
            using (Walker player = new Walker(api, ticket))
            using (Walker companion = new Walker(companionApi, companionApi.Ticket(OwnCharacter(companionApi).Id)))
            {
                Walker[] both = { player, companion };
                if (!Check.That("the player joins", Until(both, delegate { return player.IsPlaying; }), player.Shown)) return;
                Check.That("the companion joins", Until(both, delegate { return companion.IsPlaying; }), companion.Shown);
                Check.Same("the character carries its name", character.Name, player.Session.Player.CharacterName);
                Check.That("the player sees itself", Until(both, delegate { return player.SeesItself; }));
                SeesItselfWhereItJoined(player);
                StandsOnTheServersGround(player, api);
                Walks(both, player);
                SeesOthersWalk(both, player);
                WatchesEachOther(both, player, companion);
                TooFastIsRefused(both, player);
                Check.That("heartbeats are answered", Until(both, delegate { return player.Session.RoundTripMs >= 0; }));
                Resumes(both, player);
                UsedTicketIsRefused(api, ticket);
                MalformedBytesCloseTheSocket(api);
                Talks(both, player, companion);
                PlayTogether(both, player, companion);
                Trades(both, player, companion);
                Fights(both, player, companion, api);
                Loots(both, player, api);
                SaysGoodbye(both, player, companion);
            }
        }

        private static RealmkeepApi SignIn(string server, string email, string password, string displayName)
        {
            RealmkeepApi api = new RealmkeepApi(server);
            try
            {
                api.Login(email, password);
            }
            catch (ApiException refusal) when (refusal.Status == 401)
            {
                api.Register(email, password, displayName);
                api.Login(email, password);
            }
            Check.That(displayName + " signs in", true);
            return api;
        }

        private static void WrongPasswordIsRefused(string server, string email)
        {
            int status = 0;
            try
            {
                new RealmkeepApi(server).Login(email, "not the password");
            }
            catch (ApiException refusal)
            {
                status = refusal.Status;
            }
            Check.Same("a wrong password is refused", 401, status);
        }

        private static Character OwnCharacter(RealmkeepApi api)
        {
            List<Character> characters = api.Characters();
            if (characters.Count > 0) return characters[0];
            // Letters only: a name that any rule for names takes.
            char[] letters = Guid.NewGuid().ToString("N").Substring(0, 8).ToCharArray();
            for (int i = 0; i < letters.Length; i++)
            {
                if (char.IsDigit(letters[i])) letters[i] = (char)('g' + (letters[i] - '0'));
            }
            Character made = api.CreateCharacter("Hero" + new string(letters), "human");
            bool isListed = api.Characters().Exists(delegate(Character c) { return c.Id == made.Id; });
            Check.That("a new character is listed", isListed);
            return made;
        }

        private static void SeesItselfWhereItJoined(Walker player)
        {
            Entity self;
            player.Session.View.TryGet(player.Session.Player.NetId, out self);
            Check.Same("by its entity's id", player.Session.Player.EntityId, self.Uuid);
            Check.Same("as a player", EntityKind.Player, self.Kind);
            bool isThere = self.X == player.Session.Player.X && self.Z == player.Session.Player.Z;
            Check.That("where it joined", isThere, self.X + "," + self.Z);
        }

        /// <summary>The ground under the player, read from the payload and beside the server's raw heights.</summary>
        private static void StandsOnTheServersGround(Walker player, RealmkeepApi api)
        {
            Entity self;
            player.Session.View.TryGet(player.Session.Player.NetId, out self);
            string world = player.Session.Welcome.WorldId.ToString();
            int cellX = (int)(self.X >> 14), cellZ = (int)(self.Z >> 14);
            TerrainChunk chunk = api.Chunk(world, cellX, cellZ);
            Check.That("the chunk is that of the player's cell", chunk.X == cellX && chunk.Z == cellZ, chunk.X + "," + chunk.Z);
            byte[] raw = api.Send("GET", RealmkeepApi.ChunkPath(world, cellX, cellZ) + ".r16", null);
            int differ = 0;
            for (int i = 0; i < TerrainChunk.Points * TerrainChunk.Points; i++)
            {
                int height = raw[2 * i] | raw[2 * i + 1] << 8;
                if (chunk.StoredHeight(i % TerrainChunk.Points, i / TerrainChunk.Points) != height) differ++;
            }
            Check.Same("its heights are the server's", 0, differ);
            Check.Same("no damaged byte upsets the decoder", null, Upset(api.Send("GET", RealmkeepApi.ChunkPath(world, cellX, cellZ) + ".bin", null)));
            TerrainChunk east = api.Chunk(world, cellX + 1, cellZ);
            for (int z = 0; z < TerrainChunk.Points; z++)
            {
                if (chunk.HeightMetres(TerrainChunk.Squares, z) != east.HeightMetres(0, z)) differ++;
            }
            Check.Same("and meet the next cell's without a seam", 0, differ);
            long offX = self.X & Wire.CellUnits - 1, offZ = self.Z & Wire.CellUnits - 1;
            Check.Same("the player stands on them", (long)self.Y, chunk.GroundUnits(offX, offZ));
            int squareX = (int)(offX / Wire.MetreUnits), squareZ = (int)(offZ / Wire.MetreUnits);
            Check.That("where one can walk", chunk.IsWalkable(squareX, squareZ));
            Check.That("and not in deep water", chunk.WaterMetres(squareX, squareZ) < 1f, chunk.WaterMetres(squareX, squareZ));
        }

        /// <summary>What a decoder throws for damaged bytes beside its own refusal; null if nothing.</summary>
        private static string Upset(byte[] payload)
        {
            Random random = new Random(1);
            for (int i = 0; i < 3000; i++)
            {
                byte[] damaged = (byte[])payload.Clone();
                for (int flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                if (i % 10 == 0) Array.Resize(ref damaged, random.Next(damaged.Length));
                try
                {
                    TerrainChunk.Decode(damaged);
                }
                catch (ProtocolException)
                {
                    // That is how it refuses.
                }
                catch (Exception failure)
                {
                    return failure.ToString();
                }
            }
            return null;
        }

        private static void Walks(Walker[] both, Walker player)
        {
            long startX = player.X, startZ = player.Z;
            player.IsWalking = true;
            bool isAway = Until(both, delegate { return player.ShownDistance(startX, startZ) >= 4 * Wire.MetreUnits; });
            Check.That("the player walks four metres", isAway, player.ShownDistance(startX, startZ));
            Entity self;
            player.Session.View.TryGet(player.Session.Player.NetId, out self);
            Check.That("and is seen walking", Until(both, delegate { return player.WasSeenWalking; }));
            player.IsWalking = false;
            uint last = player.LastMove;
            Check.That("frames name the last move", Until(both, delegate { return player.Session.View.MoveSeq >= last; }));
            player.Session.View.TryGet(player.Session.Player.NetId, out self);
            bool isThere = self.X == player.X && self.Z == player.Z;
            Check.That("and the player stands where it went", isThere, self.X + "," + self.Z + " for " + player.X + "," + player.Z);
        }

        private static void SeesOthersWalk(Walker[] both, Walker player)
        {
            player.Moved.Clear();
            bool isSeen = Until(both, delegate { return player.Moved.Count > 0; });
            Check.That("the player sees a creature walk", isSeen, player.Session.View.EntityCount + " entities in view");
        }

        private static void WatchesEachOther(Walker[] both, Walker player, Walker companion)
        {
            uint playerId = player.Session.Player.NetId;
            Entity seen;
            bool isSeen = Until(both, delegate { return companion.Session.View.TryGet(playerId, out seen); });
            if (!Check.That("the companion sees the player", isSeen)) return;
            companion.Session.View.TryGet(playerId, out seen);
            long fromX = seen.X, fromZ = seen.Z;
            player.IsWalking = true;
            bool isMoved = Until(both, delegate
            {
                Entity there;
                return companion.Session.View.TryGet(playerId, out there) && (there.X != fromX || there.Z != fromZ);
            });
            player.IsWalking = false;
            Check.That("the companion sees the player walk", isMoved);
        }

        private static void TooFastIsRefused(Walker[] both, Walker player)
        {
            player.Refusal = null;
            uint seq = player.Session.MoveTo(player.X + 1000 * Wire.MetreUnits, player.Z, 0);
            Check.That("a leap is refused", Until(both, delegate { return player.Refusal != null; }));
            if (player.Refusal == null) return;
            Check.Same("by its number", seq, player.Refusal.Seq);
            bool isLimit = player.Refusal.Code == MoveRefusal.TooFast || player.Refusal.Code == MoveRefusal.NotLoaded;
            Check.That("for a reason", isLimit && player.Refusal.Reason.Length > 0, player.Refusal.Code);
            long distance = Math.Abs(player.Refusal.X - player.X) + Math.Abs(player.Refusal.Z - player.Z);
            Check.That("and the player stays where it is", distance <= Wire.MetreUnits, distance);
        }

        private static void Resumes(Walker[] both, Walker player)
        {
            Guid session = player.Session.Welcome.SessionId;
            Guid entity = player.Session.Player.EntityId;
            string token = player.Session.Welcome.ResumeToken;
            Entity before;
            player.Session.View.TryGet(player.Session.Player.NetId, out before);
            player.Session.DropSocket();
            Check.That("a dropped socket is noticed",
                Until(both, delegate { return player.Session.State == SessionState.Resuming; }));
            if (!Check.That("the session is resumed", Until(both, delegate { return player.IsPlaying; }), player.Shown)) return;
            Check.That("as the server says", player.Session.Welcome.Resumed);
            Check.Same("it is the same session", session, player.Session.Welcome.SessionId);
            Check.Same("with the same entity", entity, player.Session.Player.EntityId);
            Check.That("and a new token", token != player.Session.Welcome.ResumeToken);
            Check.That("the player sees itself again", Until(both, delegate { return player.SeesItself; }));
            Entity after;
            player.Session.View.TryGet(player.Session.Player.NetId, out after);
            Check.That("where it was", before.X == after.X && before.Z == after.Z, after.X + "," + after.Z);
            long startX = player.X, startZ = player.Z;
            player.IsWalking = true;
            Check.That("and walks on",
                Until(both, delegate { return player.ShownDistance(startX, startZ) >= Wire.MetreUnits; }));
            player.IsWalking = false;
        }

        private static void UsedTicketIsRefused(RealmkeepApi api, string ticket)
        {
            using (Walker intruder = new Walker(api, ticket))
            {
                Until(new[] { intruder }, delegate { return intruder.Session.State == SessionState.Closed; });
                Check.Same("a used ticket is refused", (int)CloseCode.TicketRefused, intruder.Session.CloseCode);
            }
        }

        private static void MalformedBytesCloseTheSocket(RealmkeepApi api)
        {
            using (WebSocketTransport transport = new WebSocketTransport(api.SocketUrl))
            {
                transport.TrySend(new byte[] { 0, 0xc1, 0xff });
                long deadline = Clock() + patienceMs;
                byte[] ignored;
                while (transport.State != TransportState.Closed && Clock() < deadline)
                {
                    transport.TryReceive(out ignored);
                    Thread.Sleep(5);
                }
                Check.Same("malformed bytes close the socket", (int)CloseCode.Malformed, transport.CloseCode);
            }
        }

        private static void Talks(Walker[] both, Walker player, Walker companion)
        {
            player.Session.Say("  hail  and\twell met ");
            Check.That("the companion hears the player",
                Until(both, delegate { return companion.HasHeard(Audience.Near, "hail and well met"); }));
            Check.That("and so does the player", Until(both, delegate { return player.HasHeard(Audience.Near, "hail and well met"); }));
            companion.Session.Whisper(player.Session.Player.CharacterName, "psst");
            Check.That("a whisper is heard", Until(both, delegate { return player.HasHeard(Audience.Whisper, "psst"); }));
        }

        private static void PlayTogether(Walker[] both, Walker player, Walker companion)
        {
            player.Session.Invite(companion.Session.Player.CharacterName.ToUpperInvariant());
            if (!Check.That("the companion is invited", Until(both, delegate { return companion.Invitation != null; }))) return;
            companion.Session.AnswerInvitation(companion.Invitation.PartyId, true);
            Check.That("and joins", Until(both, delegate
            {
                return player.Session.Party != null && player.Session.Party.Members.Length == 2 && companion.Session.Party != null;
            }));
            companion.Session.Say("lead on", Audience.Party);
            Check.That("a party hears its members", Until(both, delegate { return player.HasHeard(Audience.Party, "lead on"); }));
            companion.Session.LeaveParty();
            Check.That("who leaves is in none", Until(both, delegate { return companion.Session.Party == null; }));
            Check.That("and a party of one is none", Until(both, delegate { return player.Session.Party == null; }));
        }

        private static void Trades(Walker[] both, Walker player, Walker companion)
        {
            player.Session.AskToTrade(companion.Session.Player.EntityId);
            if (!Check.That("the companion is asked", Until(both, delegate { return companion.Question != null; }))) return;
            companion.Session.AskToTrade(companion.Question.FromId);
            Check.That("a trade begins",
                Until(both, delegate { return player.Session.Trade != null && companion.Session.Trade != null; }));
            companion.Session.Offer(3);
            if (!Check.That("an offer is shown", Until(both, delegate
            {
                return player.Session.Trade != null && player.Session.Trade.TheirMoneyCp == 3
                    && companion.Session.Trade.OwnMoneyCp == 3;
            }))) return;
            player.Session.AgreeToTrade();
            companion.Session.AgreeToTrade();
            Check.That("a trade is done",
                Until(both, delegate { return player.TradeEnd != null && companion.TradeEnd != null; }));
            if (player.TradeEnd == null) return;
            Check.Same("by its word", TradeEnding.Done, player.TradeEnd.Ending);
        }

        /// <summary>A goblin has a few coins on it.</summary>
        private static void Loots(Walker[] both, Walker player, RealmkeepApi api)
        {
            uint before = player.Experience;
            player.Session.Attack(SetOut(api, "srd:goblin", player), true);
            bool isWon = UntilWithin(4 * patienceMs, both, delegate { return player.Experience > before; });
            if (!Check.That("the goblin is killed", isWon, player.Shown)) return;
            Entity heap = new Entity();
            if (!Check.That("it leaves a heap", Until(both, delegate { return player.FindsHeap(out heap); }))) return;
            long asked = 0;
            bool isLooted = Until(both, delegate
            {
                if (player.Loot != null) return true;
                if (Clock() - asked < 500) return false;
                asked = Clock();
                player.StepTowards(heap.X, heap.Z);
                player.Session.Take(heap.Uuid);
                return false;
            });
            if (!Check.That("which the player takes up", isLooted, player.OrderRefusal == null ? "" : player.OrderRefusal.Reason)) return;
            Check.Same("that one", heap.Uuid, player.Loot.HeapId);
            Check.That("with coins in it", player.Loot.MoneyCp > 0);
        }

        /// <summary>The player's account may set monsters out; the companion watches.</summary>
        private static void Fights(Walker[] both, Walker player, Walker companion, RealmkeepApi api)
        {
            Guid rat = SetOut(api, "srd:rat", player);
            uint ratId = 0;
            if (!Check.That("the player sees a rat", Until(both, delegate { return player.Finds(rat, out ratId); }))) return;
            Check.That("the companion sees it", Until(both, delegate { return companion.Finds(rat, out ratId); }));
            Entity seen;
            player.Session.View.TryGet(ratId, out seen);
            Check.Same("unhurt", Wire.HealthFull, (int)seen.Health);
            Check.Same("and of the monsters' side", 3, (int)seen.Faction);
            Check.That("the player knows how it stands", Until(both, delegate { return player.Session.Standing != null; }));
            uint wrong = player.Session.Attack(Guid.NewGuid(), true);
            Check.That("an attack on nobody is refused", Until(both, delegate { return player.OrderRefusal != null; }));
            if (player.OrderRefusal == null) return;
            Check.Same("by its number", wrong, player.OrderRefusal.Order);
            Check.Same("for its reason", OrderRefusal.UnknownTarget, player.OrderRefusal.Code);
            uint order = player.Session.Attack(rat, true);
            Check.That("an attack is taken", Until(both, delegate { return player.OrderTaken == order; }));
            bool isWon = UntilWithin(4 * patienceMs, both, delegate { return player.Experience > 0; });
            if (!Check.That("the rat is killed, and that is experience", isWon, player.Shown)) return;
            Check.That("the blow was told to the player",
                Until(both, delegate { return player.HasHeardOf(ratId, AttackOutcome.Hit); }));
            Check.That("and to the companion",
                Until(both, delegate { return companion.HasHeardOf(ratId, AttackOutcome.Hit); }));
            Check.That("who sees the rat dead", Until(both, delegate
            {
                Entity dead;
                return !companion.Session.View.TryGet(ratId, out dead) || dead.IsDead && dead.Health == 0;
            }));
        }

        /// <summary>Sets a monster that does nothing by itself onto ground beside the player.</summary>
        private static Guid SetOut(RealmkeepApi api, string monster, Walker player)
        {
            Entity self;
            player.Session.View.TryGet(player.Session.Player.NetId, out self);
            foreach (int metres in new[] { 3, -3, 5, -5, 8, -8 })
            {
                long x = self.X + metres * Wire.MetreUnits;
                try
                {
                    Dictionary<string, object> made = api.Call("POST", "ecs/entities", "{\"monster\":" + Json.Quote(monster)
                        + ",\"x\":" + x + ",\"z\":" + self.Z + ",\"thinks\":false}");
                    return new Guid((string)made["id"]);
                }
                catch (ApiException refusal) when (refusal.Status == 409)
                {
                    // Nobody can stand there.
                }
            }
            throw new ApiException(409, "Nowhere beside the player can anybody stand.", null);
        }

        private static void SaysGoodbye(Walker[] both, Walker player, Walker companion)
        {
            uint playerId = player.Session.Player.NetId;
            player.Session.SayGoodbye();
            Check.That("a goodbye ends the session",
                Until(both, delegate { return player.Session.State == SessionState.Closed; }));
            Check.Same("with its code", (int)CloseCode.Farewell, player.Session.CloseCode);
            Entity seen;
            bool isGone = Until(both, delegate { return !companion.Session.View.TryGet(playerId, out seen); });
            Check.That("the companion sees the player leave", isGone);
            companion.Session.SayGoodbye();
            Until(both, delegate { return companion.Session.State == SessionState.Closed; });
        }

        /// <summary>Pumps the sessions until something holds. False when patience ends first.</summary>
        private static bool Until(Walker[] walkers, Func<bool> holds)
        {
            return UntilWithin(patienceMs, walkers, holds);
        }

        private static bool UntilWithin(long limitMs, Walker[] walkers, Func<bool> holds)
        {
            long deadline = Clock() + limitMs;
            while (Clock() < deadline)
            {
                foreach (Walker walker in walkers) walker.Pump(Clock());
                if (holds()) return true;
                Thread.Sleep(5);
            }
            return false;
        }

        private static long Clock()
        {
            return System.Diagnostics.Stopwatch.GetTimestamp() * 1000 / System.Diagnostics.Stopwatch.Frequency;
        }
    }
}
