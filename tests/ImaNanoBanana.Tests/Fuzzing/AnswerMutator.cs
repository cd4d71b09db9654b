using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Turns good answers into bad ones: structure, bytes, status, headers and the way they arrive.</summary>
internal static class AnswerMutator
{
    private static readonly int[] Statuses =
    [
        0,
        100,
        102,
        199,
        200,
        201,
        202,
        204,
        206,
        226,
        299,
        300,
        301,
        302,
        303,
        304,
        307,
        308,
        399,
        400,
        401,
        402,
        403,
        404,
        408,
        409,
        413,
        418,
        422,
        425,
        429,
        429, 429, 429, 451, 499, 500, 500, 500, 501, 502, 503, 503, 504, 520, 529, 599, 600, 777, 999,
    ];

    private static readonly string?[] ContentTypes =
    [
        null,
        "",
        "text/html",
        "text/html; charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "application/xml",
        "image/png",
        "nonsense", ";;;", "application/problem+json", "multipart/form-data", "\u00ff\u0100",
    ];

    private static readonly (string Value, bool IsLong)[] Waits =
    [
        ("0", false), ("1", false), ("5", false), ("60", false), ("61", true), ("120", true), ("3600", true), ("2147483648", true),
        ("99999999999", true), ("999999999999999999999999999", true),
        ("-1", false), ("-99999999999", false), ("1.5", false), ("1e9", false), ("", false), (" 7 ", false),
        ("garbage", false), ("Wed, 21 Oct 2015 07:28:00 GMT", false), ("Fri, 31 Dec 9999 23:59:59 GMT", true),
        ("Wed, 01 Apr 2026 12:00:30 GMT", false), ("Wed, 01 Apr 2099 12:00:30 GMT", true),
        ("Wednesday, 01-Apr-26 12:00:30 GMT", false), ("\u0663", false), ("5s", false), ("0x10", false),
    ];

    public static FuzzedAnswer Of(JsonPiece valid, Random random)
    {
        var body = random.Next(60) switch
        {
            0 => Noise(random),
            1 => [],
            _ => JsonMutator.Mutate(valid, random),
        };
        return Of(random.Next(3) == 0 ? ByteMutator.Mutate(body, random) : body, random);
    }

    /// <summary>The status, the headers and the way it arrives.</summary>
    public static FuzzedAnswer Of(byte[] body, Random random)
    {
        var (wait, isLong) = Waits[random.Next(Waits.Length)];
        var waits = random.Next(5) == 0;
        var twice = waits && random.Next(10) == 0;
        return new FuzzedAnswer(random.Next(5) < 3 ? 200 : Statuses[random.Next(Statuses.Length)], body)
        {
            Delivery = random.Next(30) switch
            {
                0 or 1 => Delivery.LengthUnknown,
                2 => Delivery.CutOff,
                3 when random.Next(3) == 0 => Delivery.SaysTooLong,
                4 when random.Next(2) == 0 => Delivery.LostBeforeSending,
                5 when random.Next(2) == 0 => Delivery.LostAfterSending,
                _ => Delivery.Whole,
            },
            ContentType = random.Next(5) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : "application/json",
            RetryAfter = !waits ? [] : twice ? [wait, "1"] : [wait],
            AsksForLongWait = waits && !twice && isLong,
        };
    }

    public static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return noise;
    }
}
