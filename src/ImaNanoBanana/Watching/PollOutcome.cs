using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.OpenApi;

namespace ImaNanoBanana.Watching;

/// <summary>Represents the meaning of one poll's response. Pure.</summary>
/// <param name="State">The state of the task, if the poll succeeded.</param>
/// <param name="Reason">Why the poll failed, in words.</param>
/// <param name="Code">The code that ends the watch; null if the next poll may succeed.</param>
internal sealed record PollOutcome(TaskState? State, string? Reason, int? Code)
{
    /// <summary>30 s: the service may not know a new task immediately.</summary>
    public static readonly TimeSpan NotFoundGrace = TimeSpan.FromSeconds(30);

    public static PollOutcome Transient(string reason) => new(null, reason, null);

    /// <param name="answer">The response of the service.</param>
    /// <param name="age">The time since the create request; null if it is unknown.</param>
    /// <param name="task">The task, of which the aspect ratio, the size and the number of images are used; null if nothing is known
    /// about it.</param>
    public static PollOutcome FromAnswer(ApiAnswer answer, TimeSpan? age, ImageTask? task = null)
    {
        var code = answer.Code;
        var message = answer.Message;
        if (answer.IsHttpSuccess)
        {
            return answer.Envelope switch
            {
                null => Transient("the response cannot be read"),
                _ when code.IsFailure => FromFailure(code.Effective(message), message, age),
                _ => new PollOutcome(TaskState.Read(answer.Envelope.Data, task?.AspectRatio, task?.Size, task?.Count), null, null),
            };
        }

        return FromFailure(answer.StatusCode, message, age);
    }

    private static PollOutcome FromFailure(int code, string? message, TimeSpan? age)
    {
        var reason = $"code {code}{(UntrustedText.Line(message) is { } words ? ": " + words : "")}";
        var passes = code is 408 or ServiceCode.RateLimit or (>= 500 and < 600)
            || (code == 404 && age < NotFoundGrace)
            || message?.Contains("rate limit", StringComparison.OrdinalIgnoreCase) is true;
        return passes ? Transient(reason) : new PollOutcome(null, reason, code);
    }
}
