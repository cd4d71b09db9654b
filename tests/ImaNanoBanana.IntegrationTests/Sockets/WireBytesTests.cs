using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>Over real sockets: each request of the SDK byte by byte, including the order of its headers.</summary>
public partial class WireBytesTests
{
    private static readonly string UserAgent = "ImaNanoBanana/" + typeof(ImaImageClient).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_has_exactly_the_expected_bytes()
    {
        await using var server = new RawServer
        {
            OnOther = static request => Task.FromResult(
                request.Target.EndsWith("detail", StringComparison.Ordinal) ? Reply.Finished
                : request.Target.EndsWith("getuploadtoken", StringComparison.Ordinal) ? Reply.Json(200, """
                    {"code":0,"data":{"ful":"https://bucket.aliyuncs.com/oss/0001.png?Signature=q%2BZr","fdl":"https://cdn.example/0001.png"}}
                    """)
                : request.Method == "PUT" ? Reply.Text(200, "", "text/plain")
                : Reply.Binary(TestImage.Png)),
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, server.Handler());

        var result = await client.GenerateAsync(
            new ImageRequest("a puppy") { Images = [ImageInput.FromBytes(TestImage.Png)], Language = ImaLanguage.Chinese }, Cancel);
        using var saved = new MemoryStream();
        await client.DownloadAsync(result.Image, saved, Cancel);

        Assert.Equal(
            [
                $"""
                GET /open/v1/product/list?app=ima&platform=web&category=image_to_image HTTP/1.1
                Host: api.imastudio.com
                User-Agent: {UserAgent}
                Accept: */*
                x-app-source: ima_skills
                x_app_language: zh
                Authorization: Bearer ima_test_key


                """,
                $"""
                POST /api/rest/oss/getuploadtoken HTTP/1.1
                Host: imapi.liveme.com
                User-Agent: {UserAgent}
                Accept: */*
                Content-Type: application/x-www-form-urlencoded
                Content-Length: 243

                appUid=ima_test_key&appId=webAgent&appKey=32jdskjdk320eew&cmimToken=ima_test_key&sign=SIGN&timestamp=TIME&nonce=NONCE&fService=privite&fType=picture&fSuffix=png&fContentType=image%2Fpng
                """,
                $"""
                PUT /oss/0001.png?Signature=q%2BZr HTTP/1.1
                Host: bucket.aliyuncs.com
                User-Agent: {UserAgent}
                Accept: */*
                Content-Type: image/png
                Content-Length: {TestImage.Png.Length}


                """,
                $$$$"""
                POST /open/v1/tasks/create HTTP/1.1
                Host: api.imastudio.com
                User-Agent: {{{{UserAgent}}}}
                Accept: */*
                x-app-source: ima_skills
                x_app_language: en
                Authorization: Bearer ima_test_key
                Content-Type: application/json
                Content-Length: 484

                {"task_type":"image_to_image","enable_multi_model":false,"src_img_url":["https://cdn.example/0001.png"],"parameters":[{"attribute_id":4401,"model_id":"gemini-3.1-flash-image","model_name":"Nano Banana 2","model_version":"gemini-3.1-flash-image-preview","app":"ima","platform":"web","category":"image_to_image","credit":6,"parameters":{"aspect_ratio":"1:1","size":"1K","prompt":"a puppy","n":1,"input_images":["https://cdn.example/0001.png"],"cast":{"points":6,"attribute_id":4401}}}]}
                """,
                $$$"""
                POST /open/v1/tasks/detail HTTP/1.1
                Host: api.imastudio.com
                User-Agent: {{{UserAgent}}}
                Accept: */*
                x-app-source: ima_skills
                x_app_language: en
                Authorization: Bearer ima_test_key
                Content-Type: application/json
                Content-Length: 44

                {"task_id":"task_20261122_7f3a9c52e1d84b06"}
                """,
                $"""
                GET /1.png HTTP/1.1
                Host: images.example
                User-Agent: {UserAgent}
                Accept: image/*


                """,
            ],
            server.Requests.Select(Text));
    }

    private static string Text(RawRequest request)
    {
        var body = request.Method == "PUT" ? "" : Encoding.UTF8.GetString(request.Body);
        return Changing().Replace(request.Head.Replace("\r\n", "\n", StringComparison.Ordinal) + body, match => match.Groups[1].Value switch
        {
            "sign" => "sign=SIGN",
            "timestamp" => "timestamp=TIME",
            _ => "nonce=NONCE",
        });
    }

    [GeneratedRegex("(sign|timestamp|nonce)=[0-9A-Za-z]+")]
    private static partial Regex Changing();
}
