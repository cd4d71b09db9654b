using System.Text.Json;
using ImaNanoBanana.Tests.Downloads;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>A chat model generates images with the tools, through the function invocation of Microsoft.Extensions.AI.</summary>
public sealed class ImageToolsTests : IDisposable
{
    private static readonly ImageToolOptions Unattended = new() { RequireApproval = false };

    private readonly GeneratorShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Charged_tools_require_approval_unless_the_app_does_not_want_it()
    {
        var tools = _shop.Client.AsImageTools();

        Assert.Equal(["generate_image", "edit_image", "quote_image", "get_image_status"], tools.Select(tool => tool.Name));
        Assert.Equal([true, true, false, false], tools.Select(tool => tool is ApprovalRequiredAIFunction));
        Assert.DoesNotContain(_shop.Client.AsImageTools(Unattended), tool => tool is ApprovalRequiredAIFunction);
        Assert.Throws<ArgumentNullException>("client", () => ((IImaImageClient)null!).AsImageTools());
    }

    [Fact]
    public async Task Model_generates_an_image_and_reads_its_address_and_price()
    {
        var answer = await AnswerAsync(
            "generate_image", ("prompt", "a puppy"), ("model", "Pro 4K"), ("aspect_ratio", "portrait"), ("count", 2));

        Assert.Equal(
            ("completed", 2, 36m, "Nano Banana Pro", "4K", "9:16"),
            (
                answer.GetProperty("status").GetString(),
                answer.GetProperty("images").GetArrayLength(),
                answer.GetProperty("credits").GetDecimal(),
                answer.GetProperty("model").GetString(),
                answer.GetProperty("size").GetString(),
                answer.GetProperty("aspect_ratio").GetString()));
        Assert.Equal([36m], _shop.Charged);
        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, answer.GetProperty("task").GetString());
    }

    [Fact]
    public async Task Call_that_is_invoked_again_is_charged_once()
    {
        var first = await AnswerAsync("generate_image", ("prompt", "a puppy"));
        var second = await AnswerAsync("generate_image", ("prompt", "a puppy"));

        Assert.Equal(first.GetProperty("images")[0].GetString(), second.GetProperty("images")[0].GetString());
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Call_of_an_id_that_was_used_for_another_image_is_refused_and_not_charged()
    {
        await AnswerAsync("generate_image", ("prompt", "a puppy"));
        var other = await AnswerAsync("generate_image", ("prompt", "a kitten"));

        Assert.Equal(
            ("IdempotencyKeyConflict", "no"), (other.GetProperty("error").GetString(), other.GetProperty("credits_spent").GetString()));
        Assert.Equal([6m], _shop.Charged);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task App_decides_about_a_charged_call(bool approves, int charges)
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "generate_image", ("prompt", "a puppy")));
        using var chat = model.AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [.. _shop.Client.AsImageTools()] };
        var asked = await _shop.RunAsync(chat.GetResponseAsync("Draw a puppy.", options, Token));
        Assert.Empty(_shop.Requests);
        var question = asked.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Single();

        await _shop.RunAsync(chat.GetResponseAsync(
            [
                new(ChatRole.User, "Draw a puppy."), .. asked.Messages,
                new(ChatRole.User, [question.CreateResponse(approves)]),
            ],
            options,
            Token));

        Assert.Equal(charges, _shop.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Model_edits_images_by_address()
    {
        var answer = await AnswerAsync(
            "edit_image",
            ("prompt", "as a painting"),
            ("images", JsonSerializer.SerializeToElement(new[] { "https://example.com/a.png" })));

        Assert.Equal("completed", answer.GetProperty("status").GetString());
        Assert.Equal("https://example.com/a.png", (string?)_shop.Submission["src_img_url"]![0]);
    }

    /// <summary>A model cannot pass bytes: it leaves the images out.</summary>
    [Fact]
    public async Task Model_edits_the_image_that_the_user_attached_last()
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "edit_image", ("prompt", "as a painting")));
        ChatMessage[] messages =
        [
            new(ChatRole.User, [new TextContent("First"), new UriContent("https://example.com/old.png", "image/png")]),
            new(ChatRole.User, [new DataContent(DownloadTests.Png, "image/png"), new TextContent("Paint this.")]),
            new(ChatRole.User, "Please."),
        ];

        var answer = await AnswerAsync(model, messages, Unattended);

        Assert.Equal("completed", answer.GetProperty("status").GetString());
        Assert.Single(_shop.Submission["src_img_url"]!.AsArray());
        Assert.Equal(1, _shop.Simulator.Requests.Count(request => request.Method == "PUT"));
    }

    [Fact]
    public async Task Quote_tells_the_price_and_spends_nothing()
    {
        var answer = await AnswerAsync("quote_image", ("prompt", "a puppy"), ("size", "8k"), ("count", "2"));

        Assert.Equal(
            ("quoted", "4K", "size: 8K -> 4K"),
            (
                answer.GetProperty("status").GetString(),
                answer.GetProperty("size").GetString(),
                answer.GetProperty("adjustments")[0].GetString()));
        Assert.Empty(_shop.Charged);
        Assert.Equal(0, _shop.Count("create"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Status_of_a_task_is_read_by_its_handle_and_by_its_id(bool byHandle)
    {
        var task = await _shop.Client.SubmitAsync(new ImageRequest("a puppy"), Token);
        var text = byHandle ? task.ToHandle() : task.Id;
        var running = await AnswerAsync("get_image_status", ("task", text));
        await _shop.RunAsync(_shop.Client.WaitForCompletionAsync(task, Token));

        var completed = await AnswerAsync("get_image_status", ("task", text));

        Assert.Equal(
            ("running", "completed", 1),
            (
                running.GetProperty("status").GetString(),
                completed.GetProperty("status").GetString(),
                completed.GetProperty("images").GetArrayLength()));
        Assert.Equal([6m], _shop.Charged);
    }

    public static TheoryData<string, string?, object?, string> UnusableArguments => new()
    {
        { "generate_image", null, null, "'prompt' is missing" },
        { "generate_image", "prompt", " ", "'prompt' is missing" },
        { "generate_image", "prompt", 7, "'prompt' must be a string" },
        { "generate_image", "prompts", "a puppy", "'prompts' is not an argument" },
        { "generate_image", "count", "two", "'count' must be a whole number" },
        { "generate_image", "count", 1.5, "'count' must be a whole number" },
        { "generate_image", "size", "3K", "3K" },
        { "generate_image", "aspect_ratio", "17:9", "17:9" },
        { "generate_image", "model", "dall-e", "dall-e" },
        { "edit_image", null, null, "'prompt' is missing" },
        { "edit_image", "images", new[] { "/etc/passwd" }, "must be a list of https URLs" },
        { "edit_image", "images", new[] { "http://example.com/a.png" }, "must be a list of https URLs" },
        { "edit_image", "images", 7, "must be a list of https URLs" },
        { "edit_image", "images", Array.Empty<string>(), "no image to edit" },
        { "get_image_status", null, null, "'task' is missing" },
    };

    [Theory]
    [MemberData(nameof(UnusableArguments))]
    public async Task Unusable_argument_is_named_and_costs_nothing(string tool, string? name, object? value, string reason)
    {
        var arguments = new List<(string, object?)>();
        if (name is not null)
        {
            arguments.Add((name, value is null ? null : JsonSerializer.SerializeToElement(value)));
            if (!name.StartsWith("prompt", StringComparison.Ordinal))
            {
                arguments.Add(("prompt", "a puppy"));
            }
        }

        var answer = await AnswerAsync(tool, [.. arguments]);

        Assert.Equal(
            ("failed", "InvalidRequest", "no"),
            (
                answer.GetProperty("status").GetString(),
                answer.GetProperty("error").GetString(),
                answer.GetProperty("credits_spent").GetString()));
        Assert.Contains(reason, answer.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty(_shop.Charged);
    }

    [Fact]
    public async Task Limit_of_the_app_holds_for_each_call()
    {
        var answer = await AnswerAsync(Unattended with { MaxCredits = 5 }, "generate_image", ("prompt", "a puppy"));

        Assert.Equal(
            ("BudgetExceeded", "no"), (answer.GetProperty("error").GetString(), answer.GetProperty("credits_spent").GetString()));
        Assert.Empty(_shop.Charged);
    }

    [Fact]
    public async Task Budget_of_the_app_holds_for_all_calls_together()
    {
        var options = Unattended with { Budget = new CreditBudget(10) };
        using var model = new ScriptedChatClient(
            ScriptedChatClient.Call("call_1", "generate_image", ("prompt", "a puppy")),
            ScriptedChatClient.Call("call_2", "generate_image", ("prompt", "a kitten")));

        var answer = await AnswerAsync(model, [new(ChatRole.User, "Draw.")], options);

        Assert.Equal("BudgetExceeded", answer.GetProperty("error").GetString());
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Default_choice_of_the_app_is_used_if_the_model_chooses_nothing()
    {
        var options = Unattended with { DefaultChoice = ImageChoice.Parse("2K landscape") };

        await AnswerAsync(options, "generate_image", ("prompt", "a puppy"), ("aspect_ratio", "1:1"));

        Assert.Equal(("2K", "1:1"), ((string?)_shop.Parameters["size"], (string?)_shop.Parameters["aspect_ratio"]));
    }

    [Fact]
    public async Task Failed_task_says_that_it_was_charged_and_in_the_language_of_the_app()
    {
        _shop.Simulator.Scenario.FailedImages(1);

        var answer = await AnswerAsync(Unattended with { Language = ImaLanguage.Chinese }, "generate_image", ("prompt", "a puppy"));

        Assert.Equal(
            ("TaskFailed", "yes", "换个模型试试"),
            (
                answer.GetProperty("error").GetString(),
                answer.GetProperty("credits_spent").GetString(),
                answer.GetProperty("suggestion").GetString()));
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Call_outside_of_a_chat_is_one_submission()
    {
        var tool = _shop.Client.AsImageTools()[0];

        var answer = await _shop.RunAsync(tool.InvokeAsync(new AIFunctionArguments { ["prompt"] = "a puppy" }, Token).AsTask());

        Assert.Equal("completed", Assert.IsType<JsonElement>(answer).GetProperty("status").GetString());
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Cancelled_call_is_not_an_answer()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var tool = _shop.Client.AsImageTools()[0];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => tool.InvokeAsync(new AIFunctionArguments { ["prompt"] = "a puppy" }, source.Token).AsTask());

        Assert.Empty(_shop.Charged);
    }

    private Task<JsonElement> AnswerAsync(string tool, params (string Name, object? Value)[] arguments) =>
        AnswerAsync(Unattended, tool, arguments);

    private async Task<JsonElement> AnswerAsync(
        ImageToolOptions options, string tool, params (string Name, object? Value)[] arguments)
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", tool, arguments));
        return await AnswerAsync(model, [new(ChatRole.User, "Draw.")], options);
    }

    /// <summary>The last answer that the model reads.</summary>
    private async Task<JsonElement> AnswerAsync(ScriptedChatClient model, IEnumerable<ChatMessage> messages, ImageToolOptions options)
    {
        using var chat = model.AsBuilder().UseFunctionInvocation().Build();
        await _shop.RunAsync(
            chat.GetResponseAsync(messages, new ChatOptions { Tools = [.. _shop.Client.AsImageTools(options)] }, Token));
        var result = model.Requests[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Last();
        return Assert.IsType<JsonElement>(result.Result);
    }
}
