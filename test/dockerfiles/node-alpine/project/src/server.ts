import bcrypt from 'bcrypt';
