using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>At most 4 uploads at a time, in order; the first failure ends the others.</summary>
public class ParallelUploadTests
{
    private static readonly ImageRequest Seven = new("all of them")
    {
        Images = [.. Enumerable.Range(1, 7).Select(number => ImageInput.FromBytes([0xFF, 0xD8, 0xFF, (byte)number]))],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_uploads_run_at_a_time_and_the_submission_keeps_their_order()
    {
        using var handler = new HeldPutsHandler();
        using var client = TestClient.Create(handler);

        var start = client.SubmitAsync(Seven, Token);
        for (var wave = 0; wave < 7; wave++)
        {
            // The upload that arrived last is always released first.
            var put = await handler.WaitForPutAsync(Math.Min(4, 7 - wave));
            Assert.InRange(handler.InProgress, 1, 4);
            put.SetResult(HttpStatusCode.OK);
        }

        await start;
        var images = JsonNode.Parse(handler.Create!)!["src_img_url"]!.AsArray().Select(node => (string?)node);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"https://cdn.example/{number}"), images);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"/put/{number} {number}").Order(), handler.Bodies.Order());
    }

    [Fact]
    public async Task First_failure_ends_the_others_and_nothing_is_submitted()
    {
        using var handler = new HeldPutsHandler();
        using var client = TestClient.Create(handler);

        var start = client.SubmitAsync(Seven, Token);
        var put = await handler.WaitForPutAsync(4);
        put.SetResult(HttpStatusCode.Forbidden);
        var exception = await Assert.ThrowsAsync<ImaException>(() => start);
        await handler.WaitForEndAsync();

        Assert.Equal((ImaErrorKind.UploadFailed, 403), (exception.Kind, exception.Code));
        Assert.Equal((3, 0, null), (handler.Cancelled, handler.InProgress, handler.Create));
        Assert.InRange(handler.Tokens, 4, 5);
    }

    [Fact]
    public async Task Cancelling_ends_all_uploads_and_costs_nothing()
    {
        using var handler = new HeldPutsHandler();
        using var client = TestClient.Create(handler);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(Seven, cancel.Token);
        await handler.WaitForPutAsync(4);
        await cancel.CancelAsync();
        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        await handler.WaitForEndAsync();

        Assert.Equal((ImaChargeStatus.NotCharged, null), (exception.ChargeStatus, exception.Task));
        Assert.Equal((4, 0, null), (handler.Cancelled, handler.InProgress, handler.Create));
    }

    /// <summary>Holds every PUT until the test releases it.</summary>
    private sealed class HeldPutsHandler : HttpMessageHandler
    {
        private readonly object _gate = new();
        private readonly List<TaskCompletionSource<HttpStatusCode>> _held = [];
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Tokens { get; private set; }

        public int InProgress { get; private set; }

        public int Cancelled { get; private set; }

        public string? Create { get; private set; }

        public List<string> Bodies { get; } = [];

        /// <summary>Waits until a number of PUTs are held, and takes the last of them.</summary>
        public async Task<TaskCompletionSource<HttpStatusCode>> WaitForPutAsync(int count)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiting.Add((count, reached));
                Tell();
            }

            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            lock (_gate)
            {
                var last = _held[^1];
                _held.RemoveAt(_held.Count - 1);
                return last;
            }
        }

        /// <summary>Waits until no PUT is in progress. The client does not wait for a handler that it has cancelled.</summary>
        public Task WaitForEndAsync() => _ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            switch (request.RequestUri!.AbsolutePath.Split('/')[^1])
            {
                case "list":
                    return Json($$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}""");
                case "getuploadtoken":
                    Tokens++;
                    return Json($$$"""{"code":0,"data":{"ful":"https://b.aliyuncs.com/put/{{{Tokens}}}","fdl":"https://cdn.example/{{{Tokens}}}"}}""");
                case "create":
                    Create = Encoding.UTF8.GetString(body);
                    return Json(ScriptedHandler.Accepted);
                default:
                    return new HttpResponseMessage(await HoldAsync($"{request.RequestUri.AbsolutePath} {body[3]}", cancellationToken));
            }
        }

        private async Task<HttpStatusCode> HoldAsync(string body, CancellationToken cancellationToken)
        {
            var held = new TaskCompletionSource<HttpStatusCode>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                Bodies.Add(body);
                _held.Add(held);
                InProgress++;
                Tell();
            }

            try
            {
                return await held.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                lock (_gate)
                {
                    Cancelled++;
                }

                throw;
            }
            finally
            {
                lock (_gate)
                {
                    InProgress--;
                    if (InProgress == 0)
                    {
                        _ended.TrySetResult();
                    }
                }
            }
        }

        private void Tell()
        {
            foreach (var (_, reached) in _waiting.Where(waiting => _held.Count >= waiting.Count))
            {
                reached.TrySetResult();
            }
        }

        private static HttpResponseMessage Json(string text) =>
            new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
