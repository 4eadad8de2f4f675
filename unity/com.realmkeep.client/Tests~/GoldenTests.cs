using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text;

namespace Realmkeep.Tests
{
    /// <summary>
    /// Tests the core by the golden vectors of game/protocol, without a server. The only argument is their folder.
    /// </summary>
    internal static class GoldenTests
    {
        private static readonly Check Check = new Check();

        private static int Main(string[] arguments)
        {
            if (arguments.Length != 1)
            {
                Console.Error.WriteLine("usage: golden-tests.exe <folder of the golden vectors>");
                return 2;
            }
            string folder = arguments[0];
            Check.Run("control messages", delegate { ControlMessages(Load(folder, "control.json")); });
            Check.Run("frames", delegate { Frames(Load(folder, "frames.json")); });
            Check.Run("refused messages", delegate { Refused(Load(folder, "refused.json")); });
            Check.Run("random bytes", RandomBytes);
            Check.Run("JSON", JsonDocuments);
            Check.Run("timeline", TimelineTests.Run(Check));
            SessionTests.Run(Check);
            return Check.Finish();
        }

        private static Dictionary<string, object> Load(string folder, string file)
        {
            return Json.ParseObject(File.ReadAllText(Path.Combine(folder, file), Encoding.UTF8));
        }

        private static void ControlMessages(Dictionary<string, object> vectors)
        {
            Check.Same("protocol version", vectors["protocol_version"], (long)Wire.ProtocolVersion);
            Check.Same("schema hash", vectors["schema_hash"], Wire.SchemaHash.ToString("x16"));
            MessagePackWriter writer = new MessagePackWriter();
            foreach (Dictionary<string, object> vector in (List<object>)vectors["messages"])
            {
                string name = vector["from"] + " " + vector["name"];
                byte[] bytes = Bytes((string)vector["hex"]);
                object message;
                byte[] again;
                if ((string)vector["from"] == "client")
                {
                    ClientMessage decoded = ClientMessage.Decode(bytes);
                    again = decoded.Encode(writer);
                    message = decoded;
                }
                else
                {
                    ServerMessage decoded = ServerMessage.Decode(bytes);
                    again = decoded.Encode(writer);
                    message = decoded;
                }
                Check.Same(name + " is of its type", vector["name"], message.GetType().Name);
                Check.Same(name + " is written as it was read", vector["hex"], Hex(again));
                foreach (KeyValuePair<string, object> field in (Dictionary<string, object>)vector["fields"])
                {
                    FieldInfo info = message.GetType().GetField(Pascal(field.Key));
                    string found = info == null ? "no such field" : Shown(info.GetValue(message));
                    Check.Same(name + "." + field.Key, Shown(field.Value), found);
                }
                CutShort(name, bytes);
            }
        }

        private static void CutShort(string name, byte[] bytes)
        {
            bool isRefused = true;
            for (int length = 0; length < bytes.Length; length++)
            {
                byte[] part = new byte[length];
                Array.Copy(bytes, part, length);
                isRefused &= Refuses(delegate { ClientMessage.Decode(part); })
                    && Refuses(delegate { ServerMessage.Decode(part); });
            }
            Check.That(name + " is refused when it is cut short", isRefused);
        }

        private static void Frames(Dictionary<string, object> story)
        {
            WorldView view = new WorldView();
            foreach (Dictionary<string, object> step in (List<object>)story["steps"])
            {
                string title = (string)step["title"];
                List<ViewEvent> events = new List<ViewEvent>();
                view.Apply(Bytes((string)step["hex"]), events);
                Check.Same(title + ": tick", step["tick"], (long)view.Tick);
                Check.Same(title + ": move", step["move_seq"], (long)view.MoveSeq);
                StringBuilder expected = new StringBuilder();
                foreach (Dictionary<string, object> expectedEvent in (List<object>)step["events"])
                {
                    foreach (KeyValuePair<string, object> pair in expectedEvent)
                    {
                        List<object> cell = pair.Value as List<object>;
                        expected.Append(pair.Key).Append(' ').Append(cell == null ? pair.Value : cell[0] + "," + cell[1]);
                        expected.Append("; ");
                    }
                }
                StringBuilder found = new StringBuilder();
                foreach (ViewEvent viewEvent in events)
                {
                    bool isGap = viewEvent.Change == ViewChange.Gap;
                    found.Append(viewEvent.Change.ToString().ToLowerInvariant()).Append(' ');
                    found.Append(isGap ? viewEvent.Cell.ToString() : viewEvent.NetId.ToString()).Append("; ");
                }
                Check.Same(title + ": events", expected.ToString(), found.ToString());
                List<object> entities = (List<object>)step["entities"];
                Check.Same(title + ": number of entities", entities.Count, view.EntityCount);
                foreach (Dictionary<string, object> entity in entities) SameEntity(title, entity, view);
            }
        }

        private static void SameEntity(string title, Dictionary<string, object> expected, WorldView view)
        {
            Entity entity;
            string name = title + ": " + expected["name"];
            if (!Check.That(name + " is in view", view.TryGet((uint)(long)expected["net_id"], out entity))) return;
            Check.Same(name + ", uuid", expected["uuid"], entity.Uuid.ToString());
            Check.Same(name + ", kind", expected["kind"], (long)entity.Kind);
            Check.Same(name + ", variant", expected["variant"], (long)entity.Variant);
            Check.Same(name + ", faction", expected["faction"], (long)entity.Faction);
            Check.Same(name + ", name", expected["name"], entity.Name);
            Check.Same(name + ", x", expected["x"], entity.X);
            Check.Same(name + ", y", expected["y"], (long)entity.Y);
            Check.Same(name + ", z", expected["z"], entity.Z);
            Check.Same(name + ", yaw", expected["yaw"], (long)entity.Yaw);
            Check.Same(name + ", flags", expected["flags"], (long)entity.Flags);
            Check.Same(name + ", health", expected["health"], (long)entity.Health);
            Check.Same(name + ", conditions", expected["conditions"], (long)entity.Conditions);
        }

        private static void Refused(Dictionary<string, object> vectors)
        {
            foreach (Dictionary<string, object> vector in (List<object>)vectors["messages"])
            {
                byte[] bytes = Bytes((string)vector["hex"]);
                bool isFrame = bytes.Length > 0 && bytes[0] == (byte)Channel.Frame;
                Check.That("refused: " + vector["title"], Refuses(delegate
                {
                    if (isFrame) new WorldView().Apply(bytes, new List<ViewEvent>());
                    else ServerMessage.Decode(bytes);
                }));
            }
        }

        /// <summary>Bytes of any kind are refused or understood; no other exception leaves a decoder.</summary>
        private static void RandomBytes()
        {
            Random random = new Random(1);
            for (int i = 0; i < 20000; i++)
            {
                byte[] bytes = new byte[random.Next(60)];
                random.NextBytes(bytes);
                if (bytes.Length > 4) bytes[0] = (byte)random.Next(2);
                Refuses(delegate { ClientMessage.Decode(bytes); });
                Refuses(delegate { ServerMessage.Decode(bytes); });
                Refuses(delegate { new WorldView().Apply(bytes, new List<ViewEvent>()); });
            }
            Check.That("random bytes upset no decoder", true);
        }

        private static void JsonDocuments()
        {
            Dictionary<string, object> value = Json.ParseObject(
                " {\"a\": [1, -2.5e3, true, null, {}], \"b\\u00e9\\n\": \"\\\"x\\\\\", \"c\": []} ");
            List<object> items = (List<object>)value["a"];
            Check.Same("JSON: a whole number", 1L, items[0]);
            Check.Same("JSON: a real number", -2500.0, items[1]);
            Check.Same("JSON: a boolean", true, items[2]);
            Check.Same("JSON: null", null, items[3]);
            Check.Same("JSON: escapes", "\"x\\", value["b\u00e9\n"]);
            Check.Same("JSON: a quoted text", "\"a\\\"\\u000a\"", Json.Quote("a\"\n"));
            foreach (string malformed in new[] { "", "{", "[1,]", "{\"a\"}", "tru", "\"\\u12", "1 2", "-", new string('[', 1000) })
            {
                bool isRefused = false;
                try
                {
                    Json.Parse(malformed);
                }
                catch (FormatException)
                {
                    isRefused = true;
                }
                Check.That("JSON: refused: " + (malformed.Length > 20 ? "too deep" : malformed), isRefused);
            }
        }

        private static bool Refuses(Action decode)
        {
            try
            {
                decode();
                return false;
            }
            catch (ProtocolException)
            {
                return true;
            }
        }

        private static string Shown(object value)
        {
            if (value == null) return "null";
            if (value is bool) return (bool)value ? "true" : "false";
            Array items = value as Array;
            List<object> list = value as List<object>;
            if (items != null || list != null)
            {
                List<string> shown = new List<string>();
                foreach (object item in (System.Collections.IEnumerable)items ?? list) shown.Add(Shown(item));
                return "[" + string.Join(", ", shown) + "]";
            }
            if (value is Goods || value is Member)
            {
                // A record is an array of its fields.
                List<string> fields = new List<string>();
                foreach (FieldInfo field in value.GetType().GetFields()) fields.Add(Shown(field.GetValue(value)));
                return "[" + string.Join(", ", fields) + "]";
            }
            if (value is Enum) return Convert.ToInt64(value).ToString(CultureInfo.InvariantCulture);
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        private static string Pascal(string snake)
        {
            StringBuilder pascal = new StringBuilder();
            foreach (string word in snake.Split('_')) pascal.Append(char.ToUpperInvariant(word[0])).Append(word.Substring(1));
            return pascal.ToString();
        }

        private static byte[] Bytes(string hex)
        {
            byte[] bytes = new byte[hex.Length / 2];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
            return bytes;
        }

        private static string Hex(byte[] bytes)
        {
            StringBuilder hex = new StringBuilder();
            foreach (byte value in bytes) hex.Append(value.ToString("x2"));
            return hex.ToString();
        }
    }
}
