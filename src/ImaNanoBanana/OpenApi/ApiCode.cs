using System.Globalization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi.Models;

namespace ImaNanoBanana.OpenApi;

/// <summary>The <c>code</c> of an envelope, read tolerantly (wire contract, envelope).</summary>
/// <param name="State">What the member is.</param>
/// <param name="Number">The number where <paramref name="State"/> is a success or a failure; else 0.</param>
internal readonly record struct ApiCode(ApiCodeState State, int Number)
{
    private static readonly int[] KnownCodes =
    [
        ServiceCode.InvalidParameter,
        ServiceCode.Unauthorized,
        ServiceCode.RateLimit,
        ServiceCode.InternalError,
        ServiceCode.InsufficientPoints,
        ServiceCode.SubscriptionRequired, ServiceCode.CreditMismatch, ServiceCode.NoMatchingRule, ServiceCode.InvalidAttribute,
    ];

    public bool IsFailure => State == ApiCodeState.Failure;

    public static ApiCode FromEnvelope(ApiEnvelope? envelope)
    {
        return JsonReading.Integer(envelope?.Code) is { } number
            ? new ApiCode(number is 0 or 200 ? ApiCodeState.Success : ApiCodeState.Failure, number)
            : new ApiCode(ApiCodeState.None, 0);
    }

    /// <summary>
    /// The number to act on: a code that is not one of the known ones gives way to a known one that the message names,
    /// such as <c>wrapped error code: 6010</c>, or whose words it has.
    /// </summary>
    public int Effective(string? message) =>
        Array.IndexOf(KnownCodes, Number) < 0 && (NamedIn(message) ?? SaidIn(message)) is { } named ? named : Number;

    /// <summary>
    /// The number to act on where an answer has an HTTP status and no code: what is about the account is not about the key.
    /// </summary>
    public static int FromStatus(int status, string? message) => SaidIn(message) ?? status;

    /// <summary>A missing plan has no other sign in some answers.</summary>
    private static int? SaidIn(string? message) => ServiceWords.AskForSubscription(message) ? ServiceCode.SubscriptionRequired : null;

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
