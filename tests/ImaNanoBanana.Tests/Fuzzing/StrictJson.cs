using System.Globalization;
using System.Text;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>
/// The test's own JSON reader, strictly by RFC 8259 and to any depth: it keeps what an envelope says up to the point where the text is
/// damaged. It shares no code with the code under test.
/// </summary>
internal sealed class StrictJson
{
    private readonly byte[] _text;
    private int _at;

    private StrictJson(byte[] text) => _text = text;

    /// <summary>Whether the whole text is one JSON value.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether that value is an object, as far as it can be read.</summary>
    public bool IsObject { get; private set; }

    public int Depth { get; private set; }

    /// <summary>The values of <c>code</c>, as written.</summary>
    public List<string> Codes { get; } = [];

    /// <summary>The values of <c>id</c> in <c>data</c>, as written.</summary>
    public List<string> Ids { get; } = [];

    public static StrictJson Read(byte[] text)
    {
        var json = new StrictJson(text);
        if (text.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            json._at = 3;
        }

        json.Space();
        json.IsObject = json.Peek == '{';
        json.IsWhole = json.Value(0, isData: false);
        json.Space();
        json.IsWhole &= json._at == text.Length;
        return json;
    }

    /// <summary>The text of a value that is a string or a number; null if it is neither or stands for no characters.</summary>
    public static string? Text(string raw)
    {
        if (raw.Length == 0 || (raw[0] != '"' && raw[0] != '-' && !char.IsAsciiDigit(raw[0])))
        {
            return null;
        }

        if (raw[0] != '"')
        {
            return raw;
        }

        var units = new StringBuilder();
        for (var at = 1; at < raw.Length - 1; at++)
        {
            if (raw[at] != '\\')
            {
                units.Append(raw[at]);
                continue;
            }

            at++;
            units.Append(raw[at] switch
            {
                'u' => (char)int.Parse(raw.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                var same => same,
            });
            at += raw[at] == 'u' ? 4 : 0;
        }

        var text = units.ToString();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\uFFFD' || (char.IsSurrogate(text[at])
                && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))))
            {
                return null;
            }

            at += char.IsSurrogate(text[at]) ? 1 : 0;
        }

        return text;
    }

    private int Peek => _at < _text.Length ? _text[_at] : -1;

    private bool Value(int depth, bool isData)
    {
        Space();
        switch (Peek)
        {
            case '{' or '[':
                Depth = Math.Max(Depth, depth + 1);
                return Container(depth, isData);
            case '"':
                return String();
            case 't':
                return Word("true");
            case 'f':
                return Word("false");
            case 'n':
                return Word("null");
            default:
                return Number();
        }
    }

    private bool Container(int depth, bool isData)
    {
        var isObject = Peek == '{';
        var close = isObject ? '}' : ']';
        _at++;
        Space();
        if (Peek == close)
        {
            _at++;
            return true;
        }

        while (true)
        {
            Space();
            var nameAt = _at;
            string? name = null;
            if (isObject)
            {
                if (Peek != '"' || !String())
                {
                    return false;
                }

                name = Text(Raw(nameAt));
                Space();
                if (Peek != ':')
                {
                    return false;
                }

                _at++;
            }

            Space();
            var valueAt = _at;
            if (!Value(depth + 1, isObject && depth == 0 && name == "data" && Peek == '{'))
            {
                if (isObject && depth == 0 && name == "code")
                {
                    Codes.Add("");
                }

                return false;
            }

            if (isObject && depth == 0 && name == "code")
            {
                Codes.Add(Raw(valueAt));
            }

            if (isObject && isData && name == "id")
            {
                Ids.Add(Raw(valueAt));
            }

            Space();
            var next = Peek;
            _at++;
            if (next != ',')
            {
                return next == close;
            }
        }
    }

    private bool String()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case (byte)'"':
                    _at++;
                    return true;
                case < 0x20:
                    return false;
                case (byte)'\\':
                    _at++;
                    if (Peek == 'u')
                    {
                        if (_at + 4 >= _text.Length || !_text.AsSpan(_at + 1, 4).ToArray().All(digit => char.IsAsciiHexDigit((char)digit)))
                        {
                            return false;
                        }

                        _at += 4;
                    }
                    else if (Peek < 0 || !"\"\\/bfnrt".Contains((char)Peek, StringComparison.Ordinal))
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>
    /// A number at the end of the text may be the start of a longer one; anything else that follows is damage of the next value.
    /// </summary>
    private bool Number()
    {
        _at += Peek == '-' ? 1 : 0;
        if (Peek == '0')
        {
            _at++;
        }
        else if (!Digits())
        {
            return false;
        }

        if (Peek == '.')
        {
            _at++;
            if (!Digits())
            {
                return false;
            }
        }

        if (Peek is 'e' or 'E')
        {
            _at++;
            _at += Peek is '+' or '-' ? 1 : 0;
            if (!Digits())
            {
                return false;
            }
        }

        return Peek is ',' or '}' or ']' or ' ' or '\t' or '\r' or '\n' or '/';
    }

    private bool Digits()
    {
        var start = _at;
        while (Peek is >= '0' and <= '9')
        {
            _at++;
        }

        return _at > start;
    }

    private bool Word(string word)
    {
        var follows = _text.AsSpan(_at).StartsWith(Encoding.ASCII.GetBytes(word));
        _at += follows ? word.Length : 0;
        return follows;
    }

    private void Space()
    {
        while (Peek is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private string Raw(int start) => Encoding.UTF8.GetString(_text, start, _at - start);
}
