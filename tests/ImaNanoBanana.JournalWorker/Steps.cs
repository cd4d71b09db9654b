namespace ImaNanoBanana.JournalWorker;

/// <summary>Reports each step of each submission and stops all submissions at one of the steps.</summary>
internal sealed class Steps(string? stop)
{
    private readonly AsyncLocal<string?> _key = new();

    /// <summary>The key of the submission that the current code works on.</summary>
    public string? Key
    {
        get => _key.Value;
        set => _key.Value = value;
    }

    public async Task ReachAsync(string step)
    {
        if (Key is null)
        {
            return;
        }

        Console.WriteLine($"at {step} {Key}");
        if (step == stop)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan);
        }
    }
}
