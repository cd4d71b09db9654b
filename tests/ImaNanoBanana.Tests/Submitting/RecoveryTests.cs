using ImaNanoBanana.Tests.Client;
using static ImaNanoBanana.Tests.Submitting.RecoveryScene;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>Creates after a rejection: what exactly is submitted, what is reported and what it may cost.</summary>
public class RecoveryTests
{
    /// <summary>
    /// The stale list shows a price of 6 for 1K. Each row gives the rules of the newer list and the result after a code 6006.
    /// </summary>
    public static TheoryData<string, SentSubmission, ImageAdjustment[]> NewerLists() => new()
    {
        {
            """{"attribute_id":2,"points":5,"attributes":{"size":"1K"}}""",
            new(2, 5, "1K"),
            [new(ImageAdjustmentKind.PriceLowered, "credit", "6", "5")]
        },
        {
            """{"attribute_id":9,"points":6,"attributes":{"size":"1K"}}""",
            new(9, 6, "1K"),
            [new(ImageAdjustmentKind.ParameterRefreshed, "attribute_id", "2", "9")]
        },
        {
            """{"attribute_id":9,"points":0,"attributes":{"size":"1K"}}""",
            new(9, 0, "1K"),
            [
                new(ImageAdjustmentKind.PriceLowered, "credit", "6", "0"),
                new(ImageAdjustmentKind.ParameterRefreshed, "attribute_id", "2", "9"),
            ]
        },
    };

    [Theory]
    [MemberData(nameof(NewerLists))]
    public async Task Changed_submission_that_is_not_more_expensive_is_submitted_and_reported(
        string rules, SentSubmission placed, ImageAdjustment[] adjustments)
    {
        using var handler = Refreshing(rules, (200, """{"code":6006}"""), (200, ScriptedHandler.Accepted));
        var items = new List<ImageProgress>();

        await RunAsync(handler, async client =>
        {
            await foreach (var item in client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token))
            {
                items.Add(item);
            }
        });

        Assert.Equal([Shown, placed], Submissions(handler));
        Assert.Equal(
            [
                (ImageStage.Preparing, false),
                (ImageStage.Submitting, false),
                (ImageStage.Submitting, true),
                (ImageStage.Accepted, true),
                (ImageStage.Completed, true),
            ],
            items.Select(item => (item.Stage, item.Adjustments.Count > 0)));
        Assert.All(items.Skip(2), item => Assert.Equal(adjustments, item.Adjustments));
        Assert.Equal(adjustments, items[^1].Result!.Adjustments);
        Assert.Equal(adjustments, items[^1].Task!.Adjustments);
        Assert.Equal(items[^1].Result!.Task, ImageTask.FromHandle(items[^1].Task!.ToHandle()));
    }

    [Theory]
    [InlineData(Rules)]
    [InlineData("""{"attribute_id":3,"points":1,"attributes":{"size":"2K"}}""")]
    public async Task With_the_same_or_no_price_in_the_newer_list_the_rejection_is_the_error(string rules)
    {
        using var handler = Refreshing(rules, (200, """{"code":6010,"message":"stale"}"""));

        var exception = await FailureAsync(handler, client => client.GenerateAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal((ImaErrorKind.Rejected, 6010), (exception.Kind, exception.Code));
        Assert.Equal([Shown], Submissions(handler));
        Assert.Equal(2, handler.Count("list"));
    }

    [Fact]
    public async Task If_the_list_cannot_be_read_again_the_rejection_is_the_error()
    {
        using var handler = new ScriptedHandler().With("list", (200, List(Rules)), (403, "")).With("create", (200, """{"code":6006}"""));

        var exception = await FailureAsync(handler, client => client.GenerateAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal((ImaErrorKind.Rejected, 6006), (exception.Kind, exception.Code));
    }

    /// <summary>
    /// The newer list asks for 8 instead of 6. A call that showed no price may pay up to MaxCredits; other calls may pay the price they
    /// showed.
    /// </summary>
    [Theory]
    [InlineData("generate", null, null)]
    [InlineData("generate", 7, null)]
    [InlineData("generate", 8, 8)]
    [InlineData("start", null, null)]
    [InlineData("start", 8, 8)]
    [InlineData("stream", 100, null)]
    [InlineData("quote", 100, null)]
    public async Task Price_never_exceeds_what_was_quoted_or_allowed(string call, int? maxCredits, int? paid)
    {
        using var handler = Refreshing(
            """{"attribute_id":2,"points":8,"attributes":{"size":"1K"}}""",
            (200, """{"code":6006}"""),
            (200, ScriptedHandler.Accepted));
        var request = new ImageRequest("a puppy") { MaxCredits = maxCredits };
        decimal? credits = null;

        var exception = await Record.ExceptionAsync(
            () => RunAsync(handler, async client => credits = await SubmitAsync(client))) as ImaException;

        Assert.Equal(paid, credits);
        Assert.Equal(paid is null ? [Shown] : [Shown, new(2, 8, "1K")], Submissions(handler));
        if (paid is null)
        {
            var allowed = call is "generate" or "start" ? maxCredits ?? 6 : 6;
            Assert.Equal(
                (ImaErrorKind.PriceChanged, 6006, allowed, 8m),
                (exception!.Kind, exception.Code, exception.AllowedCredits, exception.RequiredCredits));
            Assert.Equal((ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest), (exception.ChargeStatus, exception.RetryGuidance));
        }

        async Task<decimal?> SubmitAsync(ImaImageClient client)
        {
            switch (call)
            {
                case "generate":
                    return (await client.GenerateAsync(request, Token)).Task.Credits;
                case "start":
                    return (await client.SubmitAsync(request, Token)).Credits;
                case "quote":
                    return (await client.SubmitAsync(await client.QuoteAsync(request, Token), Token)).Credits;
                default:
                    ImageTask? task = null;
                    await foreach (var item in client.GenerateStreamingAsync(request, Token))
                    {
                        task = item.Task;
                    }

                    return task!.Credits;
            }
        }
    }

    [Fact]
    public async Task Quote_is_planned_again_from_a_copy_of_its_request()
    {
        using var handler = Refreshing(
            """{"attribute_id":9,"points":12,"attributes":{"size":"4K"}}""",
            (200, """{"code":6009}"""),
            (200, ScriptedHandler.Accepted));
        var parameters = ImageParameters.Parse("""{"size":"4K"}""").ToDictionary();

        await RunAsync(handler, async client =>
        {
            var quote = await client.QuoteAsync(new ImageRequest("a puppy") { Parameters = parameters }, Token);
            parameters.Clear();
            await client.SubmitAsync(quote, Token);
        });

        Assert.Equal([new(4, 13, "4K"), new(9, 12, "4K")], Submissions(handler));
    }

    public static TheoryData<string, SentSubmission[], ImageAdjustment[]> SmallerSizes() => new()
    {
        {
            "4K",
            [new(4, 13, "4K"), new(3, 10, "2K"), new(2, 6, "1K")],
            [new(ImageAdjustmentKind.SizeReduced, "size", "4K", "2K"), new(ImageAdjustmentKind.SizeReduced, "size", "2K", "1K")]
        },
        {
            "8K",
            [new(4, 13, "4K"), new(3, 10, "2K"), new(2, 6, "1K")],
            [
                new(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K"),
                new(ImageAdjustmentKind.SizeReduced, "size", "4K", "2K"),
                new(ImageAdjustmentKind.SizeReduced, "size", "2K", "1K"),
            ]
        },
        { "2k", [new(3, 10, "2K"), new(2, 6, "1K")], [new(ImageAdjustmentKind.SizeReduced, "size", "2K", "1K")] },
        { "1K", [new(2, 6, "1K")], [] },
        { "512px", [new(1, 4, "512px")], [] },
    };

    [Theory]
    [MemberData(nameof(SmallerSizes))]
    public async Task Smaller_size_is_submitted_down_to_the_default_and_each_step_reported(
        string size, SentSubmission[] submissions, ImageAdjustment[] adjustments)
    {
        using var handler = Refreshing(Rules, (500, """{"code":500,"message":"internal error"}"""));
        var request = new ImageRequest("a puppy") { Size = new ImageSize(size), AllowSmallerSize = true };

        var exception = await FailureAsync(handler, client => client.GenerateAsync(request, Token));

        Assert.Equal((ImaErrorKind.Rejected, 500), (exception.Kind, exception.Code));
        Assert.Equal(submissions, Submissions(handler));
        Assert.Equal(adjustments, exception.Adjustments);
    }

    [Fact]
    public async Task Reduced_submission_stays_reduced_after_a_refresh()
    {
        using var handler = Refreshing(
            """{"attribute_id":7,"points":9,"attributes":{"size":"2K"}},{"attribute_id":8,"points":12,"attributes":{"size":"4K"}}""",
            (500, """{"code":500}"""), (200, """{"code":6009}"""), (200, ScriptedHandler.Accepted));
        var request = new ImageRequest("a puppy") { AllowSmallerSize = true, Parameters = ImageParameters.Parse("""{" SIZE ":"4K"}""") };
        ImageTask? task = null;

        await RunAsync(handler, async client => task = await client.SubmitAsync(request, Token));

        Assert.Equal([new(4, 13, "4K"), new(3, 10, "2K"), new(7, 9, "2K")], Submissions(handler));
        Assert.Equal("2K", task!.Size?.Value);
        Assert.Equal(
            [new(
                ImageAdjustmentKind.SizeReduced,
                "size",
                "4K",
                "2K"), new(ImageAdjustmentKind.PriceLowered,
                "credit",
                "10",
                "9"), new(ImageAdjustmentKind.ParameterRefreshed,
                "attribute_id",
                "3",
                "7")],
            task.Adjustments);
    }

    [Fact]
    public async Task Smaller_size_that_is_more_expensive_is_skipped()
    {
        const string MoreExpensive = """{"attribute_id":2,"points":6,"attributes":{"size":"1K"}},{"attribute_id":3,"points":99,"attributes":{"size":"2K"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K"}}""";
        using var handler = new ScriptedHandler().With("list", (200, List(MoreExpensive))).With(
            "create",
            (500, """{"code":500}"""),
            (200, ScriptedHandler.Accepted));

        await RunAsync(
            handler, client => client.SubmitAsync(new ImageRequest("a puppy") { Size = ImageSize.Size4K, AllowSmallerSize = true }, Token));

        Assert.Equal([new(4, 13, "4K"), new(2, 6, "1K")], Submissions(handler));
    }

    [Fact]
    public async Task Image_is_uploaded_once_however_often_the_create_is_sent()
    {
        using var handler = Refreshing(
            """{"attribute_id":2,"points":5,"attributes":{"size":"1K"}}""",
            new ScriptedAnswer(-1),
            (429, ""),
            (200, """{"code":6006}"""),
            (200, ScriptedHandler.Accepted));
        var request =
            new ImageRequest("a puppy") { Images = [ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A0000000D49484452"))] };

        await RunAsync(handler, client => client.SubmitAsync(request, Token));

        Assert.Equal([new(2, 6, "1K"), new(2, 6, "1K"), new(2, 5, "1K")], Submissions(handler));
        Assert.Equal((1, 1), (handler.Count("getuploadtoken"), handler.Count("put")));
    }
}
