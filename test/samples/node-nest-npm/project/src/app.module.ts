import { Controller, Get, Module } from '@nestjs/common';

@Controller()
class BooksController {
  @Get('books')
  list() {
    return [{ title: 'Middlemarch' }];
  }
}

@Module({ controllers: [BooksController] })
export class AppModule {}
