using System.Text;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Damages the structure of a JSON answer: other types, other names, duplicate members, missing members.</summary>
internal static class JsonMutator
{
    private const int OddLength = 20_000;

    private static readonly string[] Names =
    [
        "\"id\"",
        "\"id\"",
        "\"data\"",
        "\"code\"",
        "\"message\"",
        "\"medias\"",
        "\"url\"",
        "\"ful\"",
        "\"children\"",
        "\"type\"",
        "\"points\"",
        "\"kind\"",
        "\"resource_status\"",
        "\"i\\u0064\"",
        "\"d\\u0061ta\"",
        "\"\\u0063ode\"",
        "\"ID\"",
        "\"Data\"",
        "\" id\"",
        "\"\"",
        "\"n\"",
        "\"size\"",
        "\"\\uD800\"",
        "\"i\\uD800\"",
        "\"\\udc00id\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\u0000\"",
        "\"\xff\xfe\"",
        "\"i\xc3\"",
        "\"\x01\"",
        "id",
        "\"\\x\"",
        "1",
    ];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "2",
        "3",
        "-1",
        "0.5",
        "1.0",
        "200",
        "\"200\"",
        "200.0",
        "2e2",
        "\"0\"",
        "4008",
        "6006",
        "6009",
        "\"6010\"",
        "401",
        "403",
        "404",
        "\"429\"",
        "429",
        "500",
        "503",
        "1e999",
        "-1e999",
        "1e-999",
        "123456789012345678901234567890",
        "79228162514264337593543950335",
        "2147483647",
        "2147483648",
        "-2147483648",
        "9007199254740993",
        "0.1e1",
        "\"1e999\"",
        "\"\"",
        "\" \"",
        "\"\\t\\n\"",
        "\"\\uD800\"",
        "\"\\udc00\"",
        "\"a\\uD800b\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\u0000\"",
        "\"\xff\xfe\xfd\"",
        "\"\xc3\"",
        "\"\xed\xa0\x80\"",
        "\"a\x01b\"",
        "\"a\nb\"",
        "\"\\x\"",
        "\"open",
        "[]", "{}", "[[]]", "[{}]", "[null]", "{\"id\":\"task_other\"}", "[{\"id\":\"task_other\"}]", "{\"data\":{\"id\":\"task_inner\"}}",
        "\"task_other\"",
        "\" task_other \"",
        "\"t\\u0061sk\"",
        "77",
        "-77.50",
        "NaN",
        "Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "'x'",
        "undefined",
        "",
        "\"wrapped error code: 6010\"",
        "\"invalid product attribute\"",
        "\"Rate limit exceeded\"",
        "\"code code code 429\"",
        "\"failed\"",
        "\"3\"",
        "\"http://images.example/1.png\"",
        "\"ftp://images.example/1.png\"",
        "\"https://user:secret@bucket.aliyuncs.com/1\"",
        "\"https://\"",
        "\"https://[::1]/x\"",
        "\"https://bucket.aliyuncs.com:444/1\"",
        "\"https://evil.example/1\"",
        "\"https://evilaliyuncs.com/1\"",
        "\"https://evil.example/.aliyuncs.com\"",
        "\"https://evil.example?.aliyuncs.com\"",
        "\"//images.example/1.png\"",
        "\"/1.png\"",
        "\"file:///etc/passwd\"",
        "\"https://xn--a/\"",
        "\"https://\xe2\x80\xa4aliyuncs.com/\"",
        "\"https://a..aliyuncs.com/\"",
        "\"https://\\u00df.aliyuncs.com/1\"",
        "\"https://bucket.aliyuncs.com/%zz%00 \\\\..//1?a=\\u0001#b\"",
        "\"https://\\uD83D\\uDE00.aliyuncs.com/1\"",
    ];

    public static byte[] Mutate(JsonPiece valid, Random random)
    {
        var root = valid.Copy();
        var containers = new List<JsonPiece>();
        for (var times = random.Next(4); times > 0; times--)
        {
            containers.Clear();
            root.Collect(containers);
            if (random.Next(40) == 0 || containers.Count == 0)
            {
                root = JsonPiece.Of(Value(random));
            }
            else
            {
                // The outer pieces matter most and are the fewest.
                var at = random.Next(2) == 0 ? random.Next(Math.Min(3, containers.Count)) : random.Next(containers.Count);
                Damage(containers[at], root, random);
            }
        }

        var text = new StringBuilder();
        root.Write(text);
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    public static string Value(Random random) => random.Next(24) switch
    {
        0 => Nested(random, "[", "]"),
        1 => Nested(random, "{\"a\":", "}"),
        2 when random.Next(4) == 0 => "\"" + new string('x', random.Next(OddLength)) + "\"",
        3 when random.Next(4) == 0 => new string('9', random.Next(1, OddLength)),
        _ => Values[random.Next(Values.Length)],
    };

    private static string Nested(Random random, string open, string close)
    {
        var depth = random.Next(55, 90);
        return string.Concat(Enumerable.Repeat(open, depth)) + "1"
            + string.Concat(Enumerable.Repeat(close, random.Next(8) == 0 ? depth - 1 : depth));
    }

    private static void Damage(JsonPiece container, JsonPiece root, Random random)
    {
        var parts = container.Parts!;
        if (parts.Count == 0)
        {
            parts.Add((container.IsObject ? Name(random) : null, JsonPiece.Of(Value(random))));
            return;
        }

        var at = random.Next(parts.Count);
        var (name, value) = parts[at];
        switch (random.Next(9))
        {
            case 0 or 1:
                parts[at] = (name, JsonPiece.Of(Value(random)));
                break;
            case 2:
                parts[at] = (name, parts[random.Next(parts.Count)].Value.Copy());
                break;
            case 3:
                parts.Insert(random.Next(parts.Count + 1), (name, value.Copy()));
                break;
            case 4:
                parts.Insert(random.Next(parts.Count + 1), (name, JsonPiece.Of(Value(random))));
                break;
            case 5:
                parts[at] = (container.IsObject ? Name(random) : null, value);
                break;
            case 6:
                parts.RemoveAt(at);
                break;
            case 7:
                parts.Insert(random.Next(parts.Count + 1), (container.IsObject ? Name(random) : null, JsonPiece.Of(Value(random))));
                break;
            default:
                var inner = random.Next(3) == 0 ? root.Copy() : value;
                parts[at] = (name, new JsonPiece { IsObject = random.Next(2) == 0, Parts = [(Name(random), inner)] });
                break;
        }
    }

    private static string Name(Random random) => Names[random.Next(Names.Length)];
}
