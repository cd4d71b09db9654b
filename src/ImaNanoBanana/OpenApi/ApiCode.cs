using System.Globalization;
using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi.Models;

namespace ImaNanoBanana.OpenApi;

/// <summary>The <c>code</c> of an envelope, read tolerantly (wire contract, envelope).</summary>
/// <param name="State">What the member is.</param>
/// <param name="Number">The number where <paramref name="State"/> is a success or a failure; else 0.</param>
internal readonly record struct ApiCode(ApiCodeState State, int Number)
{
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    public const int InsufficientPoints = 4008;
    public const int CreditMismatch = 6006;
    public const int NoMatchingRule = 6009;
    public const int InvalidAttribute = 6010;
    public const int InvalidParameter = 400;
    public const int RateLimit = 429;
    public const int InternalError = 500;

    private static readonly int[] KnownCodes =
    [
        InvalidParameter, Unauthorized, RateLimit, InternalError, InsufficientPoints, CreditMismatch, NoMatchingRule, InvalidAttribute,
    ];

    public bool IsFailure => State == ApiCodeState.Failure;

    public static ApiCode Of(ApiEnvelope? envelope)
    {
        return JsonReading.Integer(envelope?.Code) is { } number
            ? new ApiCode(number is 0 or 200 ? ApiCodeState.Success : ApiCodeState.Failure, number)
            : new ApiCode(ApiCodeState.None, 0);
    }

    /// <summary>
    /// The number to act on: a code that is not one of the known ones gives way to a known one that the message names,
    /// such as <c>wrapped error code: 6010</c>.
    /// </summary>
    public int Effective(string? message) =>
        Array.IndexOf(KnownCodes, Number) < 0 && NamedIn(message) is { } named ? named : Number;

    private static int? NamedIn(string? message)
    {
        const string Word = "code";
        if (message is null)
        {
            return null;
        }

        for (var at = message.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = message.IndexOf(Word, at + Word.Length, StringComparison.OrdinalIgnoreCase))
        {
            var rest = message.AsSpan(at + Word.Length).TrimStart(" :=#\"'");
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var number = digits < 0 ? rest : rest[..digits];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && Array.IndexOf(KnownCodes, code) >= 0)
            {
                return code;
            }
        }

        return null;
    }
}
