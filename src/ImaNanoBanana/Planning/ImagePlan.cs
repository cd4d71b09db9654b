using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>Contains everything that one submission sends, determined before anything is sent. Immutable.</summary>
internal sealed record ImagePlan
{
    /// <summary>The request that was planned, which is needed to plan it again.</summary>
    public required ImageRequest Request { get; init; }

    public required ImageTaskType TaskType { get; init; }

    public required string Prompt { get; init; }

    public required ProductVersion Version { get; init; }

    /// <summary>The rule whose price is charged; it can be submitted.</summary>
    public required CreditRule Rule { get; init; }

    /// <summary>The credits for one image.</summary>
    public required decimal CreditsPerImage { get; init; }

    public required int Count { get; init; }

    /// <summary>The parameters other than those that every submission sets (prompt, n, input_images, cast).</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    /// <summary>The source images, in the given sequence; all of them can be used.</summary>
    public IReadOnlyList<InputDetails> Inputs { get; init; } = [];

    /// <summary>Whether some of the images still have to be uploaded.</summary>
    public bool HasLocalInputs => Inputs.Any(input => input.Address is null);

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    public decimal Credits => CreditsPerImage * Count;
}
