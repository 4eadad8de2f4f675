using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text;

namespace Realmkeep
{
    /// <summary>A player's character.</summary>
    public sealed class Character
    {
        /// <summary>Its id, for a ticket.</summary>
        public string Id;
        /// <summary>Its name.</summary>
        public string Name;
    }

    /// <summary>
    /// The few REST calls that lead to the game's socket. Every call blocks until the answer is there and throws
    /// ApiException: make it off the main thread.
    /// </summary>
    public sealed class RealmkeepApi
    {
        private const int AnswerBytesMax = 1024 * 1024;

        private readonly Uri server;
        private readonly int timeoutMs;
        private string accessToken;

        /// <summary>Calls the server at an address such as http://127.0.0.1:3000.</summary>
        public RealmkeepApi(string serverUrl, int timeoutMs = 15000)
        {
            server = new Uri(serverUrl.TrimEnd('/') + "/");
            this.timeoutMs = timeoutMs;
        }

        /// <summary>The address of the players' socket.</summary>
        public Uri SocketUrl
        {
            get
            {
                UriBuilder url = new UriBuilder(new Uri(server, Wire.SocketPath));
                url.Scheme = server.Scheme == "https" ? "wss" : "ws";
                return url.Uri;
            }
        }

        /// <summary>Opens an account.</summary>
        public void Register(string email, string password, string displayName)
        {
            Call("POST", "auth/register", "{\"email\":" + Json.Quote(email) + ",\"password\":" + Json.Quote(password)
                + ",\"display_name\":" + Json.Quote(displayName) + "}");
        }

        /// <summary>Signs in; the calls below need it.</summary>
        public void Login(string email, string password)
        {
            Dictionary<string, object> answer = Call("POST", "auth/login",
                "{\"email\":" + Json.Quote(email) + ",\"password\":" + Json.Quote(password) + "}");
            accessToken = Text(answer, "access_token");
        }

        /// <summary>The account's characters (the first page of them).</summary>
        public List<Character> Characters()
        {
            List<Character> characters = new List<Character>();
            object items;
            Call("GET", "characters", null).TryGetValue("items", out items);
            List<object> list = items as List<object>;
            if (list == null) throw new ApiException(200, "The answer has no items.", null);
            foreach (object item in list) characters.Add(ToCharacter(item as Dictionary<string, object>));
            return characters;
        }

        /// <summary>Makes a character.</summary>
        public Character CreateCharacter(string name, string race)
        {
            return ToCharacter(Call("POST", "characters",
                "{\"name\":" + Json.Quote(name) + ",\"race\":" + Json.Quote(race) + "}"));
        }

        /// <summary>A ticket for the game's socket. It lasts for one connection and for seconds only.</summary>
        public string Ticket(string characterId)
        {
            return Text(Call("POST", "game/tickets", "{\"character_id\":" + Json.Quote(characterId) + "}"), "ticket");
        }

        /// <summary>The ground of a cell of a world, as the server has it. Throws ProtocolException for an answer that is none.</summary>
        public TerrainChunk Chunk(string worldId, int x, int z)
        {
            return TerrainChunk.Decode(Send("GET", ChunkPath(worldId, x, z) + ".bin", null));
        }

        internal static string ChunkPath(string worldId, int x, int z)
        {
            return "worlds/" + Uri.EscapeDataString(worldId) + "/chunks/"
                + x.ToString(CultureInfo.InvariantCulture) + "/" + z.ToString(CultureInfo.InvariantCulture);
        }

        internal Dictionary<string, object> Call(string method, string path, string body)
        {
            string answer = Encoding.UTF8.GetString(Send(method, path, body));
            try
            {
                return answer.Length == 0 ? new Dictionary<string, object>() : Json.ParseObject(answer);
            }
            catch (FormatException failure)
            {
                throw new ApiException(200, method + " " + path + ": the answer is no JSON", failure);
            }
        }

        /// <summary>The bytes of an answer.</summary>
        internal byte[] Send(string method, string path, string body)
        {
            HttpWebRequest request = (HttpWebRequest)WebRequest.Create(new Uri(server, "api/v1/" + path));
            request.Method = method;
            request.Accept = "application/json, application/octet-stream";
            request.Timeout = timeoutMs;
            request.ReadWriteTimeout = timeoutMs;
            request.AllowAutoRedirect = false;
            if (accessToken != null) request.Headers["Authorization"] = "Bearer " + accessToken;
            try
            {
                if (body != null) SendBody(request, body);
                using (HttpWebResponse response = (HttpWebResponse)request.GetResponse())
                {
                    return ReadAnswer(response);
                }
            }
            catch (WebException failure)
            {
                throw Refusal(method, path, failure);
            }
            catch (IOException failure)
            {
                throw new ApiException(0, method + " " + path + ": " + failure.Message, failure);
            }
        }

        private static void SendBody(HttpWebRequest request, string body)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            request.ContentType = "application/json";
            request.ContentLength = bytes.Length;
            using (Stream stream = request.GetRequestStream()) stream.Write(bytes, 0, bytes.Length);
        }

        private static byte[] ReadAnswer(WebResponse response)
        {
            using (Stream stream = response.GetResponseStream())
            using (MemoryStream copy = new MemoryStream())
            {
                byte[] buffer = new byte[4096];
                int read;
                while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
                {
                    if (copy.Length + read > AnswerBytesMax) throw new IOException("The answer is too long.");
                    copy.Write(buffer, 0, read);
                }
                return copy.ToArray();
            }
        }

        /// <summary>Errors come as application/problem+json: its detail, or else its title, is for people.</summary>
        private static ApiException Refusal(string method, string path, WebException failure)
        {
            HttpWebResponse response = failure.Response as HttpWebResponse;
            if (response == null) return new ApiException(0, method + " " + path + ": " + failure.Message, failure);
            using (response)
            {
                string why = failure.Message;
                try
                {
                    Dictionary<string, object> problem = Json.ParseObject(Encoding.UTF8.GetString(ReadAnswer(response)));
                    object text;
                    if (problem.TryGetValue("detail", out text) && text is string) why = (string)text;
                    else if (problem.TryGetValue("title", out text) && text is string) why = (string)text;
                }
                catch (FormatException)
                {
                    // A proxy's page: the status says enough.
                }
                catch (IOException)
                {
                    // The connection broke within the answer: the status says enough.
                }
                return new ApiException((int)response.StatusCode, method + " " + path + ": " + why, failure);
            }
        }

        private static Character ToCharacter(Dictionary<string, object> fields)
        {
            if (fields == null) throw new ApiException(200, "The answer has no character.", null);
            Character character = new Character();
            character.Id = Text(fields, "id");
            character.Name = Text(fields, "name");
            return character;
        }

        private static string Text(Dictionary<string, object> fields, string name)
        {
            object value;
            if (fields.TryGetValue(name, out value) && value is string) return (string)value;
            throw new ApiException(200, "The answer has no " + name + ".", null);
        }
    }
}
