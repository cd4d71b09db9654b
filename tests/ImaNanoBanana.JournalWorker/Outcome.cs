using System.Text.Json;

namespace ImaNanoBanana.JournalWorker;

/// <summary>What one order came to, as a line of JSON.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Task">The id of the task; null where none is known.</param>
/// <param name="Error">The kind of the error; null where there is a result.</param>
/// <param name="Charge">Whether credits were spent, by the error.</param>
/// <param name="Text">The text of the error.</param>
/// <param name="Images">How many images there are.</param>
public sealed record Outcome(string Key, string? Task, string? Error, string? Charge, string? Text, int Images)
{
    public static Outcome Of(string key, ImageTask? task, ImaException? error, int images) =>
        new(key, task?.Id, error?.Kind.ToString(), error?.ChargeStatus.ToString(), error?.Message, images);

    /// <returns>Null where the line is of another kind.</returns>
    public static Outcome? Parse(string line) => line.StartsWith('{') ? JsonSerializer.Deserialize<Outcome>(line) : null;

    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this));
}
