using System.Text.Json;

namespace ImaNanoBanana.JournalWorker;

/// <summary>The outcome of one submission, as a line of JSON.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Task">The id of the task; null if none is known.</param>
/// <param name="Error">The kind of the error; null if there is a result.</param>
/// <param name="Charge">Whether credits were spent, according to the error.</param>
/// <param name="Text">The text of the error.</param>
/// <param name="Images">The number of images.</param>
public sealed record Outcome(string Key, string? Task, string? Error, string? Charge, string? Text, int Images)
{
    public static Outcome Of(string key, ImageTask? task, ImaException? error, int images) =>
        new(key, task?.Id, error?.Kind.ToString(), error?.ChargeStatus.ToString(), error?.Message, images);

    /// <returns>Null if the line is of another kind.</returns>
    public static Outcome? Parse(string line) => line.StartsWith('{') ? JsonSerializer.Deserialize<Outcome>(line) : null;

    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this));
}
