using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>Everything that one order says, worked out before anything is sent. Immutable.</summary>
internal sealed record ImagePlan
{
    /// <summary>What was planned; to plan it again.</summary>
    public required ImageRequest Request { get; init; }

    public required ImageTaskType TaskType { get; init; }

    public required string Prompt { get; init; }

    public required ProductVersion Version { get; init; }

    /// <summary>The rule that is paid; sellable.</summary>
    public required CreditRule Rule { get; init; }

    /// <summary>Credits for one image.</summary>
    public required decimal CreditsPerImage { get; init; }

    public required int Count { get; init; }

    /// <summary>The parameters besides those that every order sets (prompt, n, input_images, cast).</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    /// <summary>The images to work from, in order; all usable.</summary>
    public IReadOnlyList<InputDetails> Inputs { get; init; } = [];

    /// <summary>Whether some of the images are yet to be uploaded.</summary>
    public bool HasLocalInputs => Inputs.Any(input => input.Address is null);

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    public decimal Credits => CreditsPerImage * Count;
}
