using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana;

/// <summary>Contains the settings of the tools that <c>AsImageTools</c> creates. Immutable and thread-safe.</summary>
[Experimental("MEAI001")]
public sealed record ImageToolOptions
{
    /// <summary>
    /// Whether the app must approve each call that is charged (<see cref="Microsoft.Extensions.AI.ApprovalRequiredAIFunction"/>). The
    /// default is true. Set it to false only together with <see cref="MaxCredits"/> or <see cref="Budget"/>: a model may call a tool
    /// many times.
    /// </summary>
    public bool RequireApproval { get; init; } = true;

    /// <summary>The most that one call may cost, all of its images together, in credits. The default is null, no limit.</summary>
    public decimal? MaxCredits { get; init; }

    /// <summary>The budget that all calls of these tools share. It belongs to the caller. The default is null, no budget.</summary>
    public CreditBudget? Budget { get; init; }

    /// <summary>The model, size and aspect ratio to use if the chat model does not choose them. The default is null.</summary>
    public ImageChoice? DefaultChoice { get; init; }

    /// <summary>The language of the advice that the model receives with an error. The default is English.</summary>
    public ImaLanguage Language { get; init; }
}
