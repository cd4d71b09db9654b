using System.Diagnostics.Metrics;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Diagnostics;

/// <summary>Reports values to the instruments. Without a listener, nothing is allocated.</summary>
internal static class Counters
{
    private const string Model = "gen_ai.request.model";

    /// <param name="model">The model of the request.</param>
    /// <param name="outcome">The outcome of the create request.</param>
    /// <param name="error">Why it was not accepted, or null if it was.</param>
    public static void Created(ImageModel model, string outcome, string? error)
    {
        if (ImaTelemetry.Creates.Enabled)
        {
            KeyValuePair<string, object?>[] tags = [new(Model, model.Id), new("ima.create.outcome", outcome), new("error.type", error)];
            Add(ImaTelemetry.Creates, 1, error is null ? tags[..2] : tags);
        }
    }

    public static void Spent(ImageTask task)
    {
        if (ImaTelemetry.Credits.Enabled && task.Credits is { } credits)
        {
            Add(ImaTelemetry.Credits, (double)credits, new KeyValuePair<string, object?>(Model, task.Model?.Id));
        }
    }

    public static void Polled(bool failed)
    {
        if (ImaTelemetry.Polls.Enabled)
        {
            Add(ImaTelemetry.Polls, 1, new KeyValuePair<string, object?>("ima.poll.outcome", failed ? "failed" : "answered"));
        }
    }

    /// <param name="change">1 when a watch begins, -1 when it ends.</param>
    public static void Watched(int change)
    {
        if (ImaTelemetry.ActiveTasks.Enabled)
        {
            AppCallback.Invoke(change, static change => ImaTelemetry.ActiveTasks.Add(change));
        }
    }

    public static void Uploaded(long bytes)
    {
        if (ImaTelemetry.UploadedBytes.Enabled)
        {
            Add(ImaTelemetry.UploadedBytes, bytes);
        }
    }

    private static void Add<T>(Counter<T> counter, T value, params KeyValuePair<string, object?>[] tags)
        where T : struct =>
            AppCallback.Invoke((counter, value, tags), static item => item.counter.Add(item.value, item.tags));
}
