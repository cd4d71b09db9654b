using System.Text;
using System.Text.RegularExpressions;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>A client on a simulator whose product list has the real expected times, and the messages about an image.</summary>
internal sealed partial class StoryService : DelegatingHandler
{
    public StoryService(TimeSpan processing)
        : this(new TestTimeProvider(), processing)
    {
    }

    private StoryService(TestTimeProvider time, TimeSpan processing)
        : base(new ImaSimulator(time) { ProcessingTime = processing })
    {
        Time = time;
        Client = TestClient.Patient(this, time);
    }

    public TestTimeProvider Time { get; }

    public ImaImageClient Client { get; }

    public ImaSimulator Simulator => (ImaSimulator)InnerHandler!;

    /// <summary>The language of each requested product list.</summary>
    public List<string> Languages { get; } = [];

    /// <summary>Changes the text of an answer, by the end of its path; null to leave it unchanged.</summary>
    public Func<string, string, string?>? Rewrite { get; set; }

    /// <summary>The messages with the seconds at which they arrived.</summary>
    public async Task<List<(double Seconds, ImageMessage Message)>> ReportedAsync(IAsyncEnumerable<ImageMessage> messages)
    {
        var reported = new List<(double, ImageMessage)>();
        var start = Time.GetUtcNow();
        var work = ReadAsync();
        await Time.RunAsync(work, TimeSpan.FromSeconds(31), TestContext.Current.CancellationToken);
        await work;
        return reported;

        async Task ReadAsync()
        {
            await foreach (var message in messages)
            {
                reported.Add(((Time.GetUtcNow() - start).TotalSeconds, message));
            }
        }
    }

    public IAsyncEnumerable<ImageMessage> Narrate(ImageRequest request, ImaLanguage language) =>
        Client.StreamMessagesAsync(request, language, timeProvider: Time, cancellationToken: TestContext.Current.CancellationToken);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("list", StringComparison.Ordinal))
        {
            Languages.Add(request.Headers.GetValues("x_app_language").Single());
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return response;
        }

        var models = 0;
        var body = ExpectedTime().Replace(
            await response.Content.ReadAsStringAsync(cancellationToken), _ => ++models == 1 ? "\"20~35s\"" : "\"25~45s\"");
        var path = request.RequestUri!.AbsolutePath;
        response.Content = new StringContent(Rewrite?.Invoke(path, body) ?? body, Encoding.UTF8, "application/json");
        return response;
    }

    [GeneratedRegex("\"[0-9]+~[0-9]+s\"")]
    private static partial Regex ExpectedTime();
}
