namespace ImaNanoBanana.JournalWorker;

/// <summary>Tells each step of each order, and stops the orders at one of the steps for good.</summary>
internal sealed class Steps(string? stop)
{
    private readonly AsyncLocal<string?> _key = new();

    /// <summary>The key of the order that this code works for.</summary>
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
