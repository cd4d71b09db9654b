using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana;

/// <summary>Creates the response of the abstraction from a task or a result. Pure.</summary>
[Experimental("MEAI001")]
internal static class GenerationAnswer
{
    /// <param name="task">The charged task.</param>
    /// <param name="requested">The pixel size that was mapped, or null.</param>
    public static ImageGenerationResponse Create(ImageTask task, Size? requested)
    {
        var content = HostedTask.FromTask(task);
        content.AdditionalProperties = Facts(task, [], requested);
        return new ImageGenerationResponse([content]) { RawRepresentation = task, Usage = Usage(task.Credits) };
    }

    /// <param name="result">The result.</param>
    /// <param name="contents">Its images, in the same order.</param>
    /// <param name="requested">The pixel size that was mapped, or null.</param>
    /// <param name="credits">The credits of this call's submission, or null if they are not known.</param>
    public static ImageGenerationResponse Create(ImageResult result, IReadOnlyList<AIContent> contents, Size? requested, decimal? credits)
    {
        for (var index = 0; index < contents.Count; index++)
        {
            contents[index].RawRepresentation = result.Images[index];
            var facts = Facts(result.Task, UndeliveredImages.Reasons(result), requested);
            foreach (var (name, value) in contents[index].AdditionalProperties ?? [])
            {
                facts[name] = value;
            }

            contents[index].AdditionalProperties = facts;
        }

        return new ImageGenerationResponse([.. contents]) { RawRepresentation = result, Usage = Usage(credits) };
    }

    /// <returns>The delivered pixels if they are not what was submitted and charged; null otherwise.</returns>
    public static AdditionalPropertiesDictionary? Deviation(ImageDownload download) =>
        download.MatchesRequestedSize == false || download.MatchesRequestedAspectRatio == false
            ? new() { [Names.DeliveredPixels] = PixelMapping.Text(new Size(download.Width, download.Height)) }
            : null;

    /// <summary>Contains only strings and numbers, so that a response can be serialized to JSON without loss.</summary>
    private static AdditionalPropertiesDictionary Facts(ImageTask task, IEnumerable<string> undelivered, Size? requested)
    {
        var facts = new AdditionalPropertiesDictionary { [Names.Task] = task.ToHandle() };
        Add(Names.Credits, task.Credits);
        Add(Names.AspectRatio, task.AspectRatio?.Value);
        Add(Names.Size, task.Size?.Value);
        Add(Names.RequestedPixels, requested is { } pixels ? PixelMapping.Text(pixels) : null);
        Add(Names.Adjustments, Joined(task.Adjustments.Select(change => $"{change.Parameter}: {change.From} -> {change.To}")));
        Add(Names.Failures, Joined(undelivered));
        return facts;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                facts[name] = value;
            }
        }
    }

    private static string? Joined(IEnumerable<string> texts) => string.Join("; ", texts) is { Length: > 0 } joined ? joined : null;

    /// <summary>
    /// Counts are whole numbers and are added up. They are rounded up, so that a sum is never less than what was charged.
    /// </summary>
    private static UsageDetails? Usage(decimal? credits) => credits is { } exact
        ? new UsageDetails { AdditionalCounts = new() { [Names.Credits] = (long)Math.Min(Math.Ceiling(exact), long.MaxValue) } }
        : null;
}
