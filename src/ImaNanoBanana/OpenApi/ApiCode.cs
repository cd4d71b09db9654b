using System.Globalization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi.Models;

namespace ImaNanoBanana.OpenApi;

/// <summary>Represents the <c>code</c> of an envelope, read tolerantly: 0 and 200 are success, and numbers may be text.</summary>
/// <param name="State">What the member contains.</param>
/// <param name="Number">The number if <paramref name="State"/> is a success or a failure; otherwise 0.</param>
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
    /// Gets the number to act on. If the code is not a known code, a known code that the message names, such as
    /// <c>wrapped error code: 6010</c>, or describes in words takes its place.
    /// </summary>
    public int Effective(string? message) =>
        Array.IndexOf(KnownCodes, Number) < 0 && (NamedIn(message) ?? SaidIn(message)) is { } named ? named : Number;

    /// <summary>
    /// Gets the number to act on if a response has an HTTP status and no code. A message about the account's plan is not about the key.
    /// </summary>
    public static int FromStatus(int status, string? message) => SaidIn(message) ?? status;

    /// <summary>In some responses, only the message shows that a subscription is missing.</summary>
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
