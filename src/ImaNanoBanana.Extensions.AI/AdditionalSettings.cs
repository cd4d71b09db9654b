using System.Text.Json;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana;

/// <summary>Reads the additional properties that belong to the SDK. Rejects names that look like one of them but are not.</summary>
internal sealed class AdditionalSettings
{
    private const string Prefix = "ima_";

    private static readonly string[] Settable =
    [
        Names.AspectRatio, Names.Size, Names.IdempotencyKey, Names.MaxCredits, Names.Budget, Names.AllowSmallerSize, Names.ModelVersion,
        Names.TaskType, Names.Language, Names.Parameters,
    ];

    /// <summary>Names that protect against a duplicate charge or a high price, in any spelling.</summary>
    private static readonly string[] Guards = ["MAXCREDITS", "IDEMPOTENCYKEY", "IMAMAXCREDITS", "IMAIDEMPOTENCYKEY"];

    private readonly AdditionalPropertiesDictionary _properties;

    public AdditionalSettings(AdditionalPropertiesDictionary? properties)
    {
        _properties = properties ?? [];
        foreach (var name in _properties.Keys)
        {
            var isOurs = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || Guards.Contains(Letters(name));
            if (isOurs && !Settable.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"'{name}' in AdditionalProperties is not a supported setting. Use one of: {string.Join(", ", Settable)}. "
                        + "Nothing was submitted.");
            }
        }
    }

    public AspectRatio? AspectRatio => Find(Names.AspectRatio) switch
    {
        null => null,
        AspectRatio ratio => ratio,
        var value => new AspectRatio(Text(Names.AspectRatio, value)),
    };

    public ImageSize? Size => Find(Names.Size) switch
    {
        null => null,
        ImageSize size => size,
        var value => new ImageSize(Text(Names.Size, value)),
    };

    public ImageTaskType? TaskType => Find(Names.TaskType) switch
    {
        null => null,
        ImageTaskType type => type,
        var value => new ImageTaskType(Text(Names.TaskType, value)),
    };

    public ImaLanguage? Language => Find(Names.Language) switch
    {
        null => null,
        ImaLanguage language => language,
        var value => new ImaLanguage(Text(Names.Language, value)),
    };

    public string? IdempotencyKey => Find(Names.IdempotencyKey) is { } value ? Text(Names.IdempotencyKey, value) : null;

    public string? ModelVersion => Find(Names.ModelVersion) is { } value ? Text(Names.ModelVersion, value) : null;

    public decimal? MaxCredits => Find(Names.MaxCredits) switch
    {
        null => null,
        decimal credits => credits,
        int credits => credits,
        long credits => credits,
        double credits when Math.Abs(credits) < (double)decimal.MaxValue => (decimal)credits,
        JsonElement { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var credits) => credits,
        var value => throw WrongType(Names.MaxCredits, "a number of credits", value),
    };

    public CreditBudget? Budget => Find(Names.Budget) switch
    {
        null => null,
        CreditBudget budget => budget,
        var value => throw WrongType(Names.Budget, "a CreditBudget", value),
    };

    public bool? AllowSmallerSize => Find(Names.AllowSmallerSize) switch
    {
        null => null,
        bool isAllowed => isAllowed,
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        var value => throw WrongType(Names.AllowSmallerSize, "true or false", value),
    };

    public IReadOnlyDictionary<string, JsonElement>? Parameters => Find(Names.Parameters) switch
    {
        null => null,
        IReadOnlyDictionary<string, JsonElement> parameters => parameters,
        JsonElement { ValueKind: JsonValueKind.Object } parameters => ImageParameters.Parse(parameters.GetRawText()),
        string json => ImageParameters.Parse(json),
        JsonElement { ValueKind: JsonValueKind.String } json => ImageParameters.Parse(json.GetString()!),
        var value => throw WrongType(Names.Parameters, "a dictionary of JsonElement, a JSON object, or a string that contains one", value),
    };

    private object? Find(string name) =>
        _properties.TryGetValue(name, out var value)
            && value is not JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }
            ? value
            : null;

    private static string Text(string name, object value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw WrongType(name, "a string", value),
    };

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static ArgumentException WrongType(string name, string expected, object value) =>
        new($"'{name}' in AdditionalProperties must be {expected}, not "
            + $"{(value is JsonElement json ? $"a JSON {json.ValueKind}" : value.GetType().Name)}. Nothing was submitted.");
}
