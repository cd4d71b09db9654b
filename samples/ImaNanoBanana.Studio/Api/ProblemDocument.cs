using System.Text.Json;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>An error for programs and people (RFC 9457).</summary>
/// <param name="Type">Identifies the kind of error.</param>
/// <param name="Title">A short text for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The reason, for people.</param>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Detail)
{
    /// <summary>What to do next, for people.</summary>
    public string? Suggestion { get; init; }

    public string? Kind { get; init; }

    /// <summary>Whether the error cost credits; null if the error is none of the SDK's.</summary>
    public ImaChargeStatus? ChargeStatus { get; init; }

    /// <summary>The field of the request that was refused.</summary>
    public string? Parameter { get; init; }

    public IReadOnlyList<string>? AllowedValues { get; init; }

    public static ProblemDocument Create(ImaException error, ImaLanguage language)
    {
        var advice = error.GetAdvice(language);
        var kind = JsonNamingPolicy.CamelCase.ConvertName(error.Kind.ToString());
        return new ProblemDocument(
            $"urn:ima-nano-banana:{kind}", ErrorTitles.Of(error.Kind, language), ErrorStatus.Of(error.Kind), advice.Reason)
        {
            Suggestion = advice.Suggestion,
            Kind = kind,
            ChargeStatus = error.ChargeStatus,
            Parameter = ParameterOf(error),
            AllowedValues = error.AllowedValues.Count == 0 ? null : error.AllowedValues,
        };
    }

    private static string? ParameterOf(ImaException error) => error.InvalidRequestReason switch
    {
        ImaInvalidRequestReason.Model or ImaInvalidRequestReason.NotAvailable => "model",
        ImaInvalidRequestReason.Prompt => "prompt",
        ImaInvalidRequestReason.Size => "size",
        ImaInvalidRequestReason.AspectRatio => "aspectRatio",
        ImaInvalidRequestReason.Count => "count",
        ImaInvalidRequestReason.Images => "references",
        _ => null,
    };
}
