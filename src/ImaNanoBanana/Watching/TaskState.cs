using System.Text.Json;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Messages;

namespace ImaNanoBanana.Watching;

/// <summary>Represents the state of a task as one poll reports it. Pure.</summary>
internal sealed record TaskState(IReadOnlyList<GeneratedImage> Images, IReadOnlyList<ImageFailure> Failures, int Pending)
{
    private const int Ready = 1;
    private const int Failed = 2;
    private const int Deleted = 3;
    private const string NoReason = "The service gave no reason.";
    private const string DeletedReason = "The image was deleted.";

    public static readonly TaskState Nothing = new([], [], 0);

    /// <summary>The usual state of a task that runs. Thousands of waiting tasks share it.</summary>
    private static readonly TaskState OnePending = new([], [], 1);

    /// <summary>The number of images that were requested; 1 if it is unknown. The service may list the images one by one.</summary>
    public int Requested { get; init; } = 1;

    /// <summary>The task is over when nothing is pending and at least as many images are listed as were requested.</summary>
    public bool IsOver => Pending == 0 && Listed >= Requested;

    /// <summary>The number of requested images that the service has not listed.</summary>
    public int Missing => Math.Max(0, Requested - Listed - Pending);

    private int Listed => Images.Count + Failures.Count;

    /// <summary>
    /// The service's message about the images that failed; messages about the prompt take precedence. Null if there is none.
    /// </summary>
    public string? ServiceMessage => Failures.Select(failure => failure.Reason).Where(reason => reason is not (NoReason or DeletedReason))
        .OrderByDescending(ServiceWords.AreAboutThePrompt).FirstOrDefault();

    /// <param name="data">The <c>data</c> of the response.</param>
    /// <param name="ratio">The aspect ratio that was requested, if it is known.</param>
    /// <param name="size">The size class that was requested, if it is known.</param>
    /// <param name="requested">The number of images that were requested; null if it is unknown.</param>
    public static TaskState Read(JsonElement? data, AspectRatio? ratio = null, ImageSize? size = null, int? requested = null)
    {
        List<GeneratedImage>? images = null;
        List<ImageFailure>? failures = null;
        var pending = 0;
        var medias = JsonReading.Member(data, "medias") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
        foreach (var media in medias)
        {
            var status = JsonReading.Integer(JsonReading.Member(media, "resource_status")) ?? 0;
            if (status is Failed or Deleted || (status == Ready && SaysFailed(media)))
            {
                (failures ??= []).Add(new ImageFailure(Reason(media, status == Deleted), status == Deleted));
            }
            else if (status == Ready && Address(media) is { } url)
            {
                (images ??= []).Add(Image(media, url) with { RequestedAspectRatio = ratio, RequestedSize = size });
            }
            else
            {
                pending++;
            }
        }

        if (images is null && failures is null && pending == 1 && requested is null or 1)
        {
            return OnePending;
        }

        return new TaskState(images ?? Nothing.Images, failures ?? Nothing.Failures, pending) { Requested = requested ?? 1 };
    }

    private static bool SaysFailed(JsonElement media) =>
        string.Equals(JsonReading.Text(JsonReading.Member(media, "status"))?.Trim(), "failed", StringComparison.OrdinalIgnoreCase);

    private static Uri? Address(JsonElement media) =>
        JsonReading.WebAddress(JsonReading.Member(media, "url")) ?? JsonReading.WebAddress(JsonReading.Member(media, "watermark_url"));

    private static string Reason(JsonElement media, bool deleted) =>
        UntrustedText.Line(JsonReading.NonEmptyText(JsonReading.Member(media, "error_msg"))
            ?? JsonReading.NonEmptyText(JsonReading.Member(media, "remark")))
        ?? (deleted ? DeletedReason : NoReason);

    private static GeneratedImage Image(JsonElement media, Uri url) => new(url)
    {
        CoverUrl = JsonReading.WebAddress(JsonReading.Member(media, "cover_url")),
        Width = Pixels(media, "width"),
        Height = Pixels(media, "height"),
        Format = UntrustedText.Line(JsonReading.NonEmptyText(JsonReading.Member(media, "format"))),
    };

    private static int? Pixels(JsonElement media, string name) =>
        JsonReading.Integer(JsonReading.Member(media, name)) is > 0 and { } pixels ? pixels : null;
}
