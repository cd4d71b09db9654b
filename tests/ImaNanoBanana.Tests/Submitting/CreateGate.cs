using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>Passes creates to the simulator, counts those in flight, and holds their answers while it is closed.</summary>
internal sealed class CreateGate(ImaSimulator inner, bool isOpen = false) : DelegatingHandler(inner)
{
    private readonly object _gate = new();
    private readonly List<(int Count, TaskCompletionSource Seen)> _waiters = [];
    private readonly SemaphoreSlim _answers = new(isOpen ? int.MaxValue / 2 : 0);
    private int _inFlight;

    /// <summary>The number of creates so far.</summary>
    public int Creates { get; private set; }

    /// <summary>The highest number of creates in flight at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Completes when a number of creates have arrived since the start.</summary>
    public Task ArrivedAsync(int count)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, seen));
            Tell();
            return seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Releases a number of answers.</summary>
    public void Answer(int count) => _answers.Release(count);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        lock (_gate)
        {
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            lock (_gate)
            {
                Creates++;
                Tell();
            }

            await _answers.WaitAsync(cancellationToken);
            return response;
        }
        finally
        {
            lock (_gate)
            {
                _inFlight--;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _answers.Dispose();
        base.Dispose(disposing);
    }

    private void Tell()
    {
        foreach (var waiter in _waiters.FindAll(waiter => waiter.Count <= Creates))
        {
            _waiters.Remove(waiter);
            waiter.Seen.TrySetResult();
        }
    }
}
