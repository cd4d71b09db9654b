using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>The client's result in each scenario: its outcome, what it sent and what was charged.</summary>
public sealed class SimulatorScenarioTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy");

    private static readonly ImageInput Picture = ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"));

    private readonly ScenarioShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ScenarioCases.OfSubmissions), MemberType = typeof(ScenarioCases))]
    public async Task Submission_ends_as_its_scenario_says_and_the_next_one_succeeds(ScenarioCase scenario)
    {
        scenario.Arrange(_shop.Simulator.Scenario);

        Assert.Equal(scenario.Outcome, await _shop.OutcomeAsync(Request));
        Assert.Equal(scenario.Sent, _shop.Sent);
        _shop.Simulator.Ledger.ShouldHaveCharged(scenario.Charged);

        // The longest time that a scenario asks to wait.
        _shop.Time.Advance(TimeSpan.FromHours(114));
        Assert.IsType<Delivered>(await _shop.OutcomeAsync(Request));
        Assert.Empty(_shop.Simulator.Violations);
        Assert.Empty(_shop.Simulator.Differences);
    }

    [Theory]
    [MemberData(nameof(ScenarioCases.OfUploads), MemberType = typeof(ScenarioCases))]
    public async Task Edit_ends_as_its_scenario_says_and_the_next_one_succeeds(ScenarioCase scenario)
    {
        var edit = Request with { Images = [Picture] };
        scenario.Arrange(_shop.Simulator.Scenario);

        Assert.Equal(scenario.Outcome, await _shop.OutcomeAsync(edit));
        Assert.Equal(scenario.Sent, _shop.Sent);
        _shop.Simulator.Ledger.ShouldHaveCharged(scenario.Charged);

        _shop.Simulator.Scenario.ClockSkew(TimeSpan.Zero);
        Assert.Equal(new Delivered(1, 1, 6), await _shop.OutcomeAsync(edit));
        Assert.Empty(_shop.Simulator.Violations);
        Assert.Empty(_shop.Simulator.Differences);
    }

    [Fact]
    public async Task Several_scenarios_apply_to_consecutive_submissions()
    {
        _shop.Simulator.Scenario.AcceptThenDrop().InsufficientCredits().FailedImages(2).ExpiredUploadUrl();
        var outcomes = new List<ScenarioOutcome>();
        for (var submission = 0; submission < 4; submission++)
        {
            outcomes.Add(await _shop.OutcomeAsync(Request with { Count = 3 }));
        }

        Assert.Equal(
            [
                new Failed(ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
                new Failed(ImaErrorKind.InsufficientCredits, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, 4008),
                new Delivered(1, 3, 18),
                new Delivered(3, 3, 18),
            ],
            outcomes);
        _shop.Simulator.Ledger.ShouldHaveCharged(3 * 18);
        Assert.Equal(
            new Failed(ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 403),
            await _shop.OutcomeAsync(Request with { Images = [Picture] }));
    }

    [Fact]
    public async Task Two_of_three_images_fail_and_the_third_is_delivered()
    {
        _shop.Simulator.Scenario.FailedImages(2, "The picture was refused.");

        var result = await _shop.RunAsync(token => _shop.Client.GenerateAsync(Request with { Count = 3 }, token));

        Assert.EndsWith("/1.png", result.Image.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal([new ImageFailure("The picture was refused.", false), new("The picture was refused.", false)], result.Failures);
        using var http = new HttpClient(_shop.Simulator, disposeHandler: false);
        using var failed = await http.GetAsync(new Uri(result.Image.Url, "2.png"), Token);
        Assert.Equal(404, (int)failed.StatusCode);
    }

    [Fact]
    public async Task Quote_that_became_more_expensive_is_rejected_with_both_prices()
    {
        var quote = await _shop.Client.QuoteAsync(Request, Token);
        _shop.Simulator.Scenario.PriceChange(8);

        var exception = await _shop.FailureAsync(token => _shop.Client.SubmitAsync(quote, token));

        Assert.Equal((ImaErrorKind.PriceChanged, 6m, 8m), (exception.Kind, exception.AllowedCredits, exception.RequiredCredits));
        _shop.Simulator.Ledger.ShouldBeEmpty();
        Assert.Equal(8, (await _shop.Client.QuoteAsync(Request, Token)).Credits);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    public async Task Quote_that_did_not_become_more_expensive_is_charged_at_most_as_quoted(int credits)
    {
        ImageAdjustment[] reported = credits == 6 ? [] : [new ImageAdjustment(ImageAdjustmentKind.PriceLowered, "credit", "6", "4")];
        var quote = await _shop.Client.QuoteAsync(Request, Token);
        _shop.Simulator.Scenario.PriceChange(credits);

        var task = await _shop.RunAsync(token => _shop.Client.SubmitAsync(quote, token));

        Assert.Equal(reported, task.Adjustments);
        _shop.Simulator.Ledger.ShouldHaveCharged(credits);
        Assert.Equal(credits, (await _shop.Client.QuoteAsync(Request, Token)).Credits);
    }

    [Fact]
    public async Task Price_that_never_existed_is_still_a_violation()
    {
        _shop.Simulator.Scenario.PriceChange(8);
        await _shop.FailureAsync(token => _shop.Client.SubmitAsync(Request, token));
        using var dearer = TestClient.Create(new Repriced(_shop.Simulator, "\"points\":8", "\"points\":7"), _shop.Time);

        await Assert.ThrowsAsync<ImaException>(() => dearer.SubmitAsync(Request, Token));

        Assert.Equal("the submission does not match the catalog", Assert.Single(_shop.Simulator.Violations).Rule);
    }

    [Fact]
    public async Task Wait_of_114_hours_ends_at_once_with_RetryAfter()
    {
        var start = _shop.Time.GetUtcNow();
        _shop.Simulator.Scenario.RateLimit(TimeSpan.FromHours(114));

        var exception = await _shop.FailureAsync(token => _shop.Client.SubmitAsync(Request, token));

        Assert.Equal((TimeSpan.FromHours(114), start), (exception.RetryAfter, _shop.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Task_that_never_ends_is_in_the_error_and_can_be_watched_again()
    {
        var start = _shop.Time.GetUtcNow();
        _shop.Simulator.Scenario.NeverEndingTask();

        var exception = await _shop.FailureAsync(token => _shop.Client.GenerateAsync(Request, token));
        var again = await _shop.FailureAsync(token => _shop.Client.WaitForCompletionAsync(exception.Task!, token));

        Assert.Equal(("task_sim_000001", ImaErrorKind.TimedOut), (exception.Task!.Id, again.Kind));
        Assert.Equal(1200, (_shop.Time.GetUtcNow() - start).TotalSeconds);
        _shop.Simulator.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task Url_that_is_not_available_yet_is_waited_for()
    {
        _shop.Simulator.Scenario.SuccessWithoutUrl(TimeSpan.FromMinutes(2));

        var result = await _shop.RunAsync(token => _shop.Client.GenerateAsync(Request, token));

        Assert.InRange(result.Elapsed.TotalSeconds, 128, 128 + 15);
    }

    [Fact]
    public async Task Corrupt_image_leaves_no_file_and_is_complete_the_next_time()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            _shop.Simulator.Scenario.CorruptImage();
            var result = await _shop.RunAsync(token => _shop.Client.GenerateAsync(Request with { Size = ImageSize.Size512 }, token));

            var exception = await _shop.FailureAsync(token => _shop.Client.SaveAsync(result, folder.FullName, cancellationToken: token));
            Assert.Equal(ImaErrorKind.DownloadFailed, exception.Kind);
            Assert.Contains("cut off", exception.Message, StringComparison.Ordinal);
            Assert.Empty(folder.GetFileSystemInfos());

            var saved = Assert.Single(await _shop.Client.SaveAsync(result, folder.FullName, cancellationToken: Token));
            Assert.Equal((512, 512), (saved.Width, saved.Height));
            _shop.Simulator.Ledger.ShouldHaveCharged(4);
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    [Fact]
    public async Task Skewed_clock_is_mentioned_in_the_error_of_an_upload()
    {
        _shop.Simulator.Scenario.ClockSkew(TimeSpan.FromHours(1));

        var exception = await _shop.FailureAsync(token => _shop.Client.SubmitAsync(Request with { Images = [Picture] }, token));

        Assert.Equal((ImaErrorKind.UploadFailed, 400), (exception.Kind, exception.Code));
        Assert.Contains("the timestamp is more than 5 minutes off", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The client's clock differs from the service's by hours, and the clocks of two machines differ from each other.</summary>
    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task Watch_and_handle_work_with_different_clocks(int hours)
    {
        var elsewhere = new TestTimeProvider(_shop.Time.GetUtcNow() + TimeSpan.FromHours(hours));
        var start = elsewhere.GetUtcNow();
        _shop.Simulator.ProcessingTime = TimeSpan.Zero;
        _shop.Simulator.Scenario.ClockSkew(TimeSpan.FromHours(hours)).NeverEndingTask();
        using var other = TestClient.Patient(_shop.Simulator, elsewhere);

        var endless = await _shop.Client.SubmitAsync(Request, Token);
        var good = await _shop.Client.SubmitAsync(Request, Token);
        var work = Assert.ThrowsAsync<ImaException>(() => other.WaitForCompletionAsync(ImageTask.FromHandle(endless.ToHandle()), Token));
        await elsewhere.RunAsync(work, TimeSpan.FromSeconds(15), Token);

        Assert.Equal((ImaErrorKind.TimedOut, 600d), ((await work).Kind, (elsewhere.GetUtcNow() - start).TotalSeconds));
        Assert.Single((await other.WaitForCompletionAsync(ImageTask.FromHandle(good.ToHandle()), Token)).Images);
    }

    [Fact]
    public void Invalid_scenarios_are_rejected()
    {
        var next = _shop.Simulator.Scenario;

        Assert.Throws<ArgumentOutOfRangeException>("credits", () => next.PriceChange(-1));
        Assert.Throws<ArgumentOutOfRangeException>("retryAfter", () => next.RateLimit(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("lag", () => next.SuccessWithoutUrl(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => next.FailedImages(0));
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>Shows a client a different price than the service has.</summary>
    private sealed class Repriced(HttpMessageHandler inner, string from, string to) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            response.Content = new StringContent(text.Replace(from, to, StringComparison.Ordinal), null, "application/json");
            return response;
        }
    }
}
