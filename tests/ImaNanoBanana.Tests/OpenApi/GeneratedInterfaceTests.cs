using System.Reflection;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Refit;

namespace ImaNanoBanana.Tests.OpenApi;

/// <summary>Every endpoint is called by generated code: a method that needed reflection would throw at its first call.</summary>
public class GeneratedInterfaceTests
{
    public static TheoryData<string, string> Methods()
    {
        var methods = new TheoryData<string, string>();
        foreach (var api in typeof(IImaOpenApi).Assembly.GetTypes().Where(type => type.IsInterface))
        {
            foreach (var method in api.GetMethods().Where(method => method.GetCustomAttribute<HttpMethodAttribute>() is not null))
            {
                methods.Add(api.FullName!, method.Name);
            }
        }

        return methods;
    }

    [Fact]
    public void Every_endpoint_is_a_method_of_a_Refit_interface() => Assert.Equal(
        ["CreateTaskAsync", "GetProductListAsync", "GetTaskDetailAsync", "GetUploadTokenAsync"],
        Methods().Select(row => row.Data.Item2).Order());

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_is_generated(string api, string name)
    {
        var type = typeof(IImaOpenApi).Assembly.GetType(api, throwOnError: true)!;
        using var service = new CountingService();
        using var http = new HttpClient(service) { BaseAddress = ImaHosts.ApiBase };
        var implementation = RestService.ForGenerated(type, http, RefitSettings.ForJsonContext(ImaJsonContext.Default));
        var method = type.GetMethod(name)!;

        using var response = await (Task<HttpResponseMessage>)method.Invoke(implementation, [.. method.GetParameters().Select(Argument)])!;

        Assert.Equal(1, service.Requests);
    }

    /// <summary>Refit's own exception would contain the request, and the request contains what an app's handlers added to it.</summary>
    [Fact]
    public async Task Exception_of_a_handler_reaches_the_caller_unchanged()
    {
        var failure = new HttpRequestException("lost");
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, new FailingHandler(failure));

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Same(failure, exception.InnerException);
    }

    private static object? Argument(ParameterInfo parameter)
    {
        var time = new TestTimeProvider();
        return parameter.ParameterType switch
        {
            var type when type == typeof(string) => "text",
            var type when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
            var type when type == typeof(TaskDetailRequest) => new TaskDetailRequest { TaskId = "task_1" },
            var type when type == typeof(Submission) => new Submission("{}"u8.ToArray()),
            var type when type == typeof(UploadTokenForm) => new UploadTokenForm("png", "image/png"),
            var type when type == typeof(ReadCall) => new ReadCall(
                new Deadline(TimeSpan.FromSeconds(1), time, CancellationToken.None), new RequestLimiter(null, 1, time), time),
            var type => throw new InvalidOperationException($"No argument for a {type}."),
        };
    }

    private sealed class CountingService : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    private sealed class FailingHandler(Exception failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw failure;
    }
}
