using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>
/// The service in memory: each task is finished after a time that is drawn when it is created. It also answers as the fine-tuning service
/// does, whose jobs are created and polled in the same way.
/// </summary>
/// <param name="list">The product list.</param>
/// <param name="duration">How long the task with a number takes; null for tasks that never end.</param>
internal sealed class ComparedService(byte[] list, Func<int, TimeSpan>? duration) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, long> _doneAt = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> _waits = [];
    private int _tasks;
    private int _polls;

    public int Polls => Volatile.Read(ref _polls);

    public int Tasks => Volatile.Read(ref _tasks);

    /// <summary>How long each finished task waited for the poll that found it, in seconds.</summary>
    public IReadOnlyCollection<double> Waits => _waits;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        var answer = path switch
        {
            _ when path.EndsWith("/list", StringComparison.Ordinal) => list,
            _ when path.EndsWith("/create", StringComparison.Ordinal) => Encoding.UTF8.GetBytes(
                $$$"""{"code":200,"message":"success","data":{"id":"{{{Create()}}}"}}"""),
            _ when path.EndsWith("/detail", StringComparison.Ordinal) => Detail(body),
            _ when path.EndsWith("/jobs", StringComparison.Ordinal) => Job(Create(), isDone: false),
            _ => Job(request.RequestUri.Segments[^1], Poll(request.RequestUri.Segments[^1])),
        };

        // A real answer never arrives at once.
        await Task.Yield();
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer), RequestMessage = request };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return response;
    }

    private string Create()
    {
        var number = Interlocked.Increment(ref _tasks);
        var id = $"task_{number}";
        if (duration is not null)
        {
            _doneAt[id] = Stopwatch.GetTimestamp() + (long)(duration(number).TotalSeconds * Stopwatch.Frequency);
        }

        return id;
    }

    private bool Poll(string id)
    {
        Interlocked.Increment(ref _polls);
        var now = Stopwatch.GetTimestamp();
        if (!_doneAt.TryGetValue(id, out var doneAt) || now < doneAt)
        {
            return false;
        }

        if (_doneAt.TryRemove(id, out _))
        {
            _waits.Add(Stopwatch.GetElapsedTime(doneAt, now).TotalSeconds);
        }

        return true;
    }

    private byte[] Detail(string body)
    {
        var start = body.IndexOf("task_", body.IndexOf(':', StringComparison.Ordinal), StringComparison.Ordinal);
        var id = body[start..body.IndexOf('"', start)];
        return Encoding.UTF8.GetBytes(Poll(id)
            ? $$$"""
            {"code":200,"message":"success","data":{"id":"{{{id}}}","medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png"}]}}
            """
            : $$$"""{"code":200,"message":"success","data":{"id":"{{{id}}}","medias":[{"resource_status":0,"status":"processing"}]}}""");
    }

    private static byte[] Job(string id, bool isDone) => Encoding.UTF8.GetBytes($$"""
        {"object":"fine_tuning.job","id":"{{id}}","model":"m","created_at":1,"finished_at":null,"fine_tuned_model":null,"organization_id":"o","result_files":[],"status":"{{(isDone ? "succeeded" : "running")}}","validation_file":null,"training_file":"f","hyperparameters":{"n_epochs":1},"trained_tokens":null,"error":null,"seed":1,"estimated_finish":null,"integrations":[]}
        """);
}
